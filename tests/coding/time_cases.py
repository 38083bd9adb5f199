"""A telling, the trigger of an act in it, and when the act was.

The report is of Friday 17 March 2023. An empty date is one that nothing grounds.
"""

CASES = """
On 5 July 2018, officers searched the flat. | searched | 2018-07-05
Officers searched the flat on 5 July 2018. | searched | 2018-07-05
Officers searched the flat on Tuesday. | searched | 2023-03-14
On 5 July 2018, officers searched the flat and detained two men. | detained | 2018-07-05
Officers searched the flat and detained two men on Tuesday. | searched | 2023-03-14
She was freed on Monday, her brother said. | freed | 2023-03-13
Her brother said on Monday that she was beaten. | beaten |
Police detained a man who had left the country in 2012. | detained |
A court applied a law of 2012 to the editor. | applied |
The fine imposed on 8 May 2022 was upheld. | fine | 2022-05-08
She left the country in 2006 after being sentenced to five years. | sentenced | ../2006
She was sentenced before she left the country in 2006. | sentenced | ../2006
She has been held in a cell since February. | held | 2023-02
Inspectors have visited the office since February. | visited | 2023-02/2023-03-17
The court will hear the appeal on Wednesday. | hear | 2023-03-22
He was held for 41 days. | held |
Raids have become frequent in recent years. | Raids |
12.03.2021 Police search the office. | search | 2021-03-12
Police searched the office on Tuesday. They took away a printer. | took | 2023-03-14
Police searched the office on Tuesday. Two clerks were detained. | detained | 2023-03-14
Police searched the office in 2019. Two clerks were detained. | detained |
Police searched the office on Tuesday. The site has been blocked. | blocked |
Police searched the office on Tuesday. They had threatened the staff. | threatened |
Police searched the office on Tuesday. The next day they freed the clerk. | freed | 2023-03-15
Police searched the office on Tuesday. Two clerks were let go that evening. | let | 2023-03-14
He was arrested on 2 May 2022. On his first night in custody he was beaten. | beaten | 2022-05-02/2022-05-03
He was arrested on 2 May 2022. Three days after his arrest he was charged. | charged | 2022-05-05
He was arrested on 2 May 2022. Three days before he was arrested, they blocked the site. | blocked | 2022-04-29
Since the disputed 2020 election, laws have been passed. | passed | 2020/2023-03-17
The law of 2012 came in. Since the law came in 2012, offices were inspected. | inspected | 2012/2023-03-17
In May 2022 he was kidnapped. Subsequently, he was jailed. In June 2022 he was freed. | jailed | 2022-05/2022-06
We call on the authorities to free her. | call | 2023-03-17
Police took four people away on Monday. Guards beat two of them, a witness said. | beat | 2023-03-13
Ivan Petrov, 34, was detained at his workplace on the morning of 12 January 2023 and taken to an unknown location. | detained | 2023-01-12
Ivan Petrov, 34, was detained at his workplace on the morning of 12 January 2023 and taken to an unknown location. | taken | 2023-01-12
In the early hours of 3 March, masked men abducted the editor from his home. | abducted | 2023-03-03
On the night of 2 to 3 March, masked men abducted the editor. | abducted | 2023-03-02/2023-03-03
Overnight on 2 March police raided six homes. | raided | 2023-03-02
Arrested in 2019 on charges of terrorism, he was sentenced two years later to ten years in prison. | sentenced | 2021
Arrested in 2019 on charges of terrorism, he was sentenced two years later to ten years in prison. | Arrested | 2019
The activist, who was jailed in 2020, was released on Thursday. | released | 2023-03-16
The activist, who was jailed in 2020, was released on Thursday. | jailed | 2020
Having been expelled in 2018, she returned in January 2023 and was arrested. | expelled | 2018
Having been expelled in 2018, she returned in January 2023 and was arrested. | arrested |
A court on Thursday sentenced the blogger to five years in prison, her lawyer told reporters on Friday. | sentenced | 2023-03-16
The blogger was sentenced to five years in prison, her lawyer told reporters on Friday. | sentenced |
Police said on Friday that they had arrested three people a day earlier. | arrested | 2023-03-16
According to a statement published on 10 March, officers beat the detainees. | beat |
He has been in detention since 5 May 2021. | detention | 2021-05-05
The journalist has been detained since 5 May 2021. | detained | 2021-05-05
The journalist had been held incommunicado from 5 to 9 May 2021. | held | 2021-05-05/2021-05-09
Between 1 and 14 February, authorities arrested at least 40 protesters. | arrested | 2023-02-01/2023-02-14
From January to June 2022, 15 journalists were attacked. | attacked | 2022-01/2022-06
In the first half of 2022, 15 journalists were attacked. | attacked | 2022-01/2022-06
During 2022, 15 journalists were attacked. | attacked | 2022
Throughout February, police searched the homes of lawyers. | searched | 2023-02
Last month, the ministry revoked the licence of the station. | revoked | 2023-02
Earlier this month, the ministry revoked the licence. | revoked | 2023-03
Earlier this week, the ministry revoked the licence. | revoked | 2023-03-13/2023-03-19
Two weeks ago, unknown men set fire to her car. | set | 2023-02-27/2023-03-05
The trial, which opened on 6 February, was adjourned until 20 March. | adjourned |
The trial opened on 6 February and was adjourned to 20 March. | opened | 2023-02-06
Her trial is scheduled to begin on 20 March. | begin | 2023-03-20
Her trial is due to open on Monday. | open | 2023-03-20
He will appear before a judge next Tuesday. | appear | 2023-03-21
She faces up to ten years in prison if convicted. | faces |
After being tortured in March 2021, he signed a confession. | tortured | 2021-03
He was tortured for three days after his arrest on 4 May 2022. | arrest | 2022-05-04
His arrest on 4 May 2022 caused an outcry. | arrest | 2022-05-04
The arrest, on 4 May 2022, of two lawyers caused an outcry. | arrest | 2022-05-04
The 4 May 2022 arrest of two lawyers caused an outcry. | arrest | 2022-05-04
Following his arrest on 4 May 2022, he was taken to hospital. | arrest | 2022-05-04
Following his arrest on 4 May 2022, he was taken to hospital. | taken |
Since his arrest on 4 May 2022 he has been denied medicine. | denied | 2022-05-04/2023-03-17
He died in custody on 4 May 2022, four days after he was detained. | died | 2022-05-04
He was detained on 30 April 2022 and died in custody four days later. | died | 2022-05-04
On 30 April 2022 he was detained. Four days later, he died in custody. | died | 2022-05-04
On 30 April 2022 he was detained. On the same day, his house was searched. | searched | 2022-04-30
On 30 April 2022 he was detained. His house was searched the same day. | searched | 2022-04-30
On 30 April 2022 he was detained. The following month, a court convicted him. | convicted | 2022-05
In April 2022 he was detained. The following month, a court convicted him. | convicted | 2022-05
In 2018 he was detained. A year later, a court convicted him. | convicted | 2019
In April 2022 he was detained. He was released in June. | released | 2022-06
In April 2015 he was detained. He was released in June. | released | 2015-06
In April 2015 he was detained. He was released in February the following year. | released | 2016-02
In December 2015 he was detained. He was released in March 2016. In May, he fled. | fled | 2016-05
The Supreme Court upheld the verdict of 4 May 2022. | upheld |
The Supreme Court upheld the verdict of 4 May 2022. | verdict | 2022-05-04
On March 9, 2023, in the city of Osh, police dispersed a rally. | dispersed | 2023-03-09
March 9, 2023: Police disperse a rally. | disperse | 2023-03-09
9 March 2023 - Police disperse a rally in Osh. | disperse | 2023-03-09
The rally was dispersed by police on March 9. | dispersed | 2023-03-09
A protester was killed (9 March 2023). | killed | 2023-03-09
As of 9 March 2023, 300 people had been arrested. | arrested | ../2023-03-09
By the end of 2022, 300 people had been arrested. | arrested | ../2022
Before the end of 2022, he left the country. | left | ../2022
Shortly after the 2020 election, he left the country. | left |
Months before the 2020 election, he left the country. | left |
In the wake of the 2020 protests, dozens were jailed. | jailed |
A law adopted in December 2012 bans such groups. | bans |
A law adopted in December 2012 bans such groups. | adopted | 2012-12
Under a law adopted in 2012, the group was fined on 3 March. | fined | 2023-03-03
He was fined under a 2012 law. | fined |
The report, published on 10 March, documents 20 killings in 2022. | killings | 2022
The report, published on 10 March, documents 20 killings. | killings |
The report, published on 10 March, documents 20 killings. | published | 2023-03-10
Amnesty's 2022 report documents 20 killings. | killings |
Police beat him so badly on Monday that he lost consciousness. | beat | 2023-03-13
When police raided the office on Monday, they seized computers. | seized | 2023-03-13
When police raided the office on Monday, they seized computers. | raided | 2023-03-13
While in detention in May 2022, he was beaten. | beaten | 2022-05
While he was in detention in May 2022, he was beaten. | beaten | 2022-05
He was beaten during his detention in May 2022. | beaten | 2022-05
The killing of a lawyer on 2 March has shocked the town. | killing | 2023-03-02
Gunmen shot dead the lawyer, Anna Smith, outside her home on Thursday evening. | shot | 2023-03-16
Late on Thursday, gunmen shot dead the lawyer. | shot | 2023-03-16
On Thursday evening, after leaving work, she was attacked by two men. | attacked | 2023-03-16
Two men attacked her as she left work on Thursday. | attacked | 2023-03-16
In an interview on 10 March, she said that she was threatened in 2021. | threatened | 2021
In an interview on 10 March, she said that she had been threatened. | threatened |
It was on 4 May 2022 that police came for him and took him away. | took | 2022-05-04
Her house was searched twice, on 3 and 9 March. | searched | 2023-03-03/2023-03-09
The ban entered into force on 1 January 2023. | ban | 2023-01-01
The ministry said the ban would take effect on 1 April. | ban | 2023-04-01
He was first arrested in 2015, and again in 2019. | arrested | 2015
The court fined the newspaper 5,000 euros in 2021 and closed it a year later. | closed | 2022
The court fined the newspaper 5,000 euros in 2021 and closed it a year later. | fined | 2021
"They beat me on 4 May 2022," he told us on Tuesday. | beat | 2022-05-04
"They beat me," he told us on Tuesday. | beat |
On 4 May 2022, according to his family, he was taken away by soldiers. | taken | 2022-05-04
To date, no one has been charged over the attack of 4 May 2022. | attack | 2022-05-04
Today the court sentenced her to a year in prison. | sentenced | 2023-03-17
This morning police searched her flat. | searched | 2023-03-17
Yesterday, 16 March, police searched her flat. | searched | 2023-03-16
Since the beginning of the year, 40 journalists have been fined. | fined | 2023/2023-03-17
Since the start of 2023, 40 journalists have been fined. | fined | 2023/2023-03-17
So far this year, 40 journalists have been fined. | fined | 2023
Over the past three years, 40 journalists have been killed. | killed | 2020-03-17/2023-03-17
In the last ten years, 40 journalists have been killed. | killed | 2013-03-17/2023-03-17
In the past decade 40 journalists have been killed. | killed | 2013-03-17/2023-03-17
For three years the authorities have harassed her family. | harassed | 2020/2023-03-17
In 2020 and 2021, the authorities harassed her family. | harassed | 2020/2021
In May and June 2021 the authorities harassed her family. | harassed | 2021-05/2021-06
In recent weeks, police have searched several offices. | searched |
He was shot on Tuesday and died the next day. | died | 2023-03-15
He was shot on Tuesday and died the next day. | shot | 2023-03-14
He was shot on Tuesday and died on Thursday. | died | 2023-03-16
She was summoned on 6 March, questioned for five hours and charged with treason. | charged | 2023-03-06
She was summoned on 6 March, questioned for five hours and charged with treason. | questioned | 2023-03-06
She was summoned on 6 March and, after five hours, was charged with treason. | charged | 2023-03-06
They were released on bail on 6 March after paying a fine. | released | 2023-03-06
They were released on bail on 6 March after paying a fine. | fine | ../2023-03-06
On 6 March, the court ordered that he be held for two months. | held | 2023-03-06
On 6 March, the court ordered his detention for two months. | detention | 2023-03-06
On 6 March, the court extended his detention until 6 May. | detention | 2023-03-06
On 6 March, the court refused to release him. | release | 2023-03-06
On 6 March, the court decided to release him. | release | 2023-03-06
On 6 March 2022 a complaint was filed against the officers who had tortured him. | tortured |
On 6 March 2022 a complaint was filed against the officers who had tortured him. | filed | 2022-03-06
On 6 March she filed a complaint about the beating of her son. | beating |
On 6 March she filed a complaint about her arrest on 1 March. | arrest | 2023-03-01
The prosecutor on 6 March charged him with spreading false news in a post of 3 January. | charged | 2023-03-06
The indictment of 6 March says that he met diplomats in 2019. | met | 2019
He told the court on 6 March that he had been tortured in May 2022. | tortured | 2022-05
He told the court on 6 March that guards tortured him. | tortured |
The report says that guards tortured him in May 2022. | tortured | 2022-05
The family learned on 6 March that he had been moved to another prison. | moved |
The family learned only on 6 March that he had been executed on 2 March. | executed | 2023-03-02
Police confirmed on Monday the arrest of three men. | arrest |
Police announced the arrest of three men on Monday. | arrest |
A day before the vote of 12 March, police raided the office. | raided | 2023-03-11
Hours after the vote on 12 March, police raided the office. | raided |
On the eve of the vote, police raided the office. | raided |
A week before his trial was due to open on 12 March, he fled. | fled |
Within hours of the vote on 12 March, police raided the office. | raided |
Police raided the office twice in 2022. | raided | 2022
Police have raided the office three times since May 2022. | raided | 2022-05/2023-03-17
The office has been closed since May 2022. | closed | 2022-05
The site has been blocked since May 2022. | blocked | 2022-05
She has lived in exile since 2019. | exile | 2019
He was born in 1980 and was arrested in 2020. | arrested | 2020
Born in 1980, he was arrested on 3 March. | arrested | 2023-03-03
Founded in 1995, the group was dissolved on 3 March. | dissolved | 2023-03-03
Founded in 1995, the group was dissolved on 3 March. | Founded | 1995
The group, founded in 1995, was dissolved last week. | dissolved | 2023-03-06/2023-03-12
The group (founded in 1995) was dissolved. | dissolved |
In a decree of 3 March, the president banned the group. | banned | 2023-03-03
By a decree of 3 March the president banned the group. | banned | 2023-03-03
In a letter dated 3 March, the ministry banned the group. | banned | 2023-03-03
In its judgment of 3 March, the court dissolved the group. | dissolved | 2023-03-03
A court in Osh, in a ruling on 3 March, dissolved the group. | dissolved | 2023-03-03
The group was dissolved by a court ruling of 3 March. | dissolved | 2023-03-03
The poet, arrested last week, is on hunger strike. | arrested | 2023-03-06/2023-03-12
The poet, who was arrested last week, is on hunger strike. | arrested | 2023-03-06/2023-03-12
A poet arrested in January has been charged. | charged |
A poet arrested in January has been charged. | arrested | 2023-01
A poet arrested in January was charged on Monday. | charged | 2023-03-13
Two poets were arrested in January. One of them was charged on Monday. | charged | 2023-03-13
Two poets were arrested on 9 January. Both are still in jail. | jail |
Two poets were arrested on 9 January. Police also searched their homes. | searched | 2023-01-09
Two poets were arrested on 9 January. Their lawyers were beaten outside the station. | beaten | 2023-01-09
Two poets were arrested on 9 January. Their lawyers have been threatened. | threatened | 2023-01-09/2023-03-17
Two poets were arrested on 9 January. The ministry denies having beaten them. | beaten |
Two poets were arrested on 9 January. Afterwards they were taken to court. | taken | 2023-01-09
Two poets were arrested on 9 January. A month earlier, their magazine had been banned. | banned | 2022-12
Two poets were arrested on 9 January. Earlier, their magazine had been banned. | banned |
Two poets were arrested on 9 January, a month after their magazine was banned. | banned | 2022-12
Mid-January: two poets are arrested. | arrested | 2023-01
January 2023: two poets are arrested. | arrested | 2023-01
9-10 January 2023: two poets are arrested. | arrested | 2023-01-09/2023-01-10
2023-01-09 Two poets are arrested. | arrested | 2023-01-09
On Monday, 9 January, two poets were arrested; on Tuesday, a third was. | arrested | 2023-01-09
Two poets, arrested 9 January, were charged 20 January. | charged | 2023-01-20
Charged with treason on 20 January, he denies everything. | Charged | 2023-01-20
He is to be tried on 20 April. | tried | 2023-04-20
If tried, he could be jailed until 2043. | jailed |
He might be tried in April. | tried | 2023-04
The trial will resume in April. | trial | 2023-04
He was held once before, for a month in 2018. | held | 2018
She has petitioned the court for nine years. | petitioned | 2014/2023-03-17
He has been held without charge for two months. | held | 2023-01
On the night of 3 to 4 March police raided the camp. Ten people were beaten. | beaten | 2023-03-03/2023-03-04
On 3 March he is stopped at the border. He is searched and detained. | searched | 2023-03-03
At the hearing of 3 March the judge released him. | released | 2023-03-03
In the first hours of 3 March the judge released him. | released | 2023-03-03
Police searched the office on Tuesday. He has filed a complaint. | filed | 2023-03-14/2023-03-17
Police searched the office on Tuesday. In another town a court has closed a school. | closed |
12.03.2021 The city has banned the march. | banned | 2021-03-12
12.03.2021 This morning they freed the baker. | freed | 2021-03-12
12.03.2021 The baker was beaten on Tuesday. | beaten | 2021-03-09
On 3 March police took the baker, whom they had fined in 2021. Four days later they freed him. | freed | 2023-03-07
On 3 March a baker was arrested. A man freed the day before saw him. | freed | 2023-03-02
A poet was fined in 2017 and tried the year after. | tried | 2018
On 3 March the baker was taken from his shop. He has not been seen since. | seen | 2023-03-03
She has been in hospital since 3 March, when two men beat her. | beat | 2023-03-03
When the boy raised his phone to film them on Tuesday, they kicked him. | kicked | 2023-03-14
On 3 March a baker was told that he must not leave the town. | leave | 2023-03-03
On 3 March a court heard the baker. It adjourned until May and extended his detention. | extended | 2023-03-03
On 3 March a court heard the baker. Hours later he was beaten. | beaten | 2023-03-03
On 3 March the baker was arrested. On the Sunday after his arrest he was beaten. | beaten | 2023-03-05
Two shops were closed in May 2021. A third was burnt the following spring. | burnt | 2022-21
Her claim, lodged in 2016, was refused last November. | refused | 2022-11
6 | 18/02/2017 | A. N. | registration refused | Board | no reason | refused | 2017-02-18
What came of it, on 3 March, was a fine. | fine | 2023-03-03
Since January we have recorded 63 attacks on teachers. | attacks | 2023-01/2023-03-17
The court withdrew her licence to teach on Tuesday. | withdrew | 2023-03-14
On 3 March a baker was arrested. None has been charged. He was beaten. | beaten | 2023-03-03
On 3 March a court fined her; she had been warned by the police. | warned | ../2023-03-03
The trial opens on 19 June. | trial | 2023-06-19
On 3 March they drove us to the border. On the third day they pushed us back. | pushed | 2023-03-05
The baker will be sent home a week from today. | sent | 2023-03-24~
The commission had the site blocked on 3 March. | blocked | 2023-03-03
The union voiced alarm on Tuesday at the sentence of nine years handed down on 3 March. | sentence | 2023-03-03
A decree of 3 March 2023 bans the assembly. | bans | 2023-03-03
At about six in the morning on 3 March police raided the camp. | raided | 2023-03-03T06:00
She had asked the embassy for protection in January. | asked | 2023-01
She was fined for a rally in January. | fined |
On Tuesday police clubbed men who were trying to film them and took their cameras. | took | 2023-03-14
On 3 March the school was fined; it means to go to court. | go |
On 3 March he was flown home. Two days earlier they had taken his passport. He was led away. | led | 2023-03-03
Added to the register on Tuesday: Ann Oro, b. 09/03/1984, a teacher. | Added | 2023-03-14
On 3 March they took the baker. They should be ashamed to have dismissed him. | dismissed |
"""  # noqa: E501 - a table
