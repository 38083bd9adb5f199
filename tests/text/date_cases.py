"""Expressions of time: a text, the words of it that say when, and the date they mean.

The report is of Friday 17 March 2023, and the date told before is Tuesday 14 March 2023. An empty
date is one that nothing grounds; a text alone holds no expression at all.
"""

ENGLISH = """
They met on 5 July 2018. | 5 July 2018 | 2018-07-05
On the 5th of July, 2018 it rained. | the 5th of July, 2018 | 2018-07-05
On July 5, 2018, it rained. | July 5, 2018 | 2018-07-05
On July 5th 2018 it rained. | July 5th 2018 | 2018-07-05
on Thursday, 5 July 2018, at noon | Thursday, 5 July 2018 | 2018-07-05
on Thursday, July 5, 2018 | Thursday, July 5, 2018 | 2018-07-05
on Thursday 5 July 2018 | Thursday 5 July 2018 | 2018-07-05
the letter dated 5 Jul. 2018 | 5 Jul. 2018 | 2018-07-05
Dec. 2, 2019: closed | Dec. 2, 2019 | 2019-12-02
2019-12-02 closed | 2019-12-02 | 2019-12-02
at 2019-12-02T09:30 they rang | 2019-12-02T09:30 | 2019-12-02T09:30
02.12.2019 The office closes. | 02.12.2019 | 2019-12-02
2.12.2019 The office closes. | 2.12.2019 | 2019-12-02
02.12.19: closed | 02.12.19 | 2019-12-02
2019/12/02 closed | 2019/12/02 | 2019-12-02
on 25/12/2019 | 25/12/2019 | 2019-12-25
on 12/25/2019 | 12/25/2019 | 2019-12-25
on 7/7/2019 | 7/7/2019 | 2019-07-07
on 3/4/2019 | 3/4/2019 | 2019-03-04/2019-04-03
the archive of 07.2019 | 07.2019 | 2019-07
the twelfth of May 2021 | the twelfth of May 2021 | 2021-05-12
the twenty-first of May 2021 | the twenty-first of May 2021 | 2021-05-21
the 31st of January 2021 | the 31st of January 2021 | 2021-01-31
on 30 February 2021 | 30 February 2021 | 2021-02/2021-03
31.04.2021 A hearing. | 31.04.2021 | 2021-04/2021-05
on Monday, 5 July 2018 | Monday, 5 July 2018 | 2018-07-05
in July 2018 | July 2018 | 2018-07
in July, 2018 | July, 2018 | 2018-07
in July of 2018 | July of 2018 | 2018-07
Sept 2018 | Sept 2018 | 2018-09
in 2018 | 2018 | 2018
in the year 2018 | the year 2018 | 2018
the 2018 statute | 2018 | 2018
(2018) | 2018 | 2018
in the 1990s | 1990s | 199X
in the summer of 2018 | summer of 2018 | 2018-22
spring 2019 | spring 2019 | 2019-21
in autumn 2019 | autumn 2019 | 2019-23
winter 2019 | winter 2019 | 2019-24
last summer | last summer | 2022-22
in the autumn | autumn | 2022-23
in early 2018 | early 2018 | 2018
in late May 2018 | late May 2018 | 2018-05
in mid-May 2018 | mid-May 2018 | 2018-05
in the middle of May 2018 | the middle of May 2018 | 2018-05
at the end of 2018 | the end of 2018 | 2018
in the first days of May 2018 | the first days of May 2018 | 2018-05
on 14 March | 14 March | 2023-03-14
on 17 March | 17 March | 2023-03-17
on 18 March | 18 March | 2022-03-18
on December 6 | December 6 | 2022-12-06
on the sixth of December | the sixth of December | 2022-12-06
on Tuesday, 14 March | Tuesday, 14 March | 2023-03-14
in March | March | 2023-03
in April | April | 2022-04
last April | last April | 2022-04
by January | by January | ../2023-01
in March this year | March this year | 2023-03
in March last year | March last year | 2022-03
in December of the same year | December of the same year | 2023-12
on Tuesday | Tuesday | 2023-03-14
on Friday | Friday | 2023-03-17
last Friday | last Friday | 2023-03-10
last Tuesday | last Tuesday | 2023-03-14
next Tuesday | next Tuesday | 2023-03-21
on Saturday night | Saturday night | 2023-03-11
since Tuesday | since Tuesday | 2023-03-14/2023-03-17
the following Friday | the following Friday | 2023-03-17
today | today | 2023-03-17
yesterday evening | yesterday evening | 2023-03-16
the day before yesterday | the day before yesterday | 2023-03-15
tomorrow | tomorrow | 2023-03-18
this morning | this morning | 2023-03-17
last night | last night | 2023-03-16
three days ago | three days ago | 2023-03-14
a day ago | a day ago | 2023-03-16
two weeks ago | two weeks ago | 2023-02-27/2023-03-05
three months ago | three months ago | 2022-12
a year ago | a year ago | 2022
ten years ago | ten years ago | 2013
several weeks ago | several weeks ago |
last week | last week | 2023-03-06/2023-03-12
this week | this week | 2023-03-13/2023-03-19
next week | next week | 2023-03-20/2023-03-26
last month | last month | 2023-02
last year | last year | 2022
this year | this year | 2023
over the weekend | over the weekend | 2023-03-11/2023-03-12
Saturday's raid | Saturday | 2023-03-11
last month's raid | last month | 2023-02
that August | that August | 2023-08
last weekend | last weekend | 2023-03-11/2023-03-12
within the last year | within the last year | 2022-03-17/2023-03-17
over the past two months | over the past two months | 2023-01-17/2023-03-17
in the last three weeks | in the last three weeks | 2023-02-24/2023-03-17
in recent years | recent years |
over the past few weeks | the past few weeks |
the next day | the next day | 2023-03-15
the following morning | the following morning | 2023-03-15
the same day | same day | 2023-03-14
that evening | that evening | 2023-03-14
that same month | that same month | 2023-03
the previous day | the previous day | 2023-03-13
the day before. | the day before | 2023-03-13
during the week before, it rained | the week before | 2023-03-07/2023-03-14
a day later | a day later | 2023-03-15
three days later | Three days later | 2023-03-17
eight days earlier | eight days earlier | 2023-03-06
two weeks later | two weeks later | 2023-03-28~
two months later | two months later | 2023-05
two years later | two years later | 2025
days later | days later | 2023-03-15
three days after that | three days after that | 2023-03-17
three days after her hearing | three days after |
three days after 5 May 2020 | three days after 5 May 2020 | 2020-05-08
two days before 1 May 2020 | two days before 1 May 2020 | 2020-04-29
on the eve of 14 May 2022 | the eve of 14 May 2022 | 2022-05-13
on the eve of the poll of 14 May 2022 | the eve of the poll of 14 May 2022 | 2022-05-13
the night of 3 to 4 May 2022 | night of 3 to 4 May 2022 | 2022-05-03/2022-05-04
from 3 to 5 May 2018 | 3 to 5 May 2018 | 2018-05-03/2018-05-05
3-5 May 2018 | 3-5 May 2018 | 2018-05-03/2018-05-05
3 and 4 May 2018 | 3 and 4 May 2018 | 2018-05-03/2018-05-04
May 3-5, 2018 | May 3-5, 2018 | 2018-05-03/2018-05-05
between 3 and 5 May 2018 | 3 and 5 May 2018 | 2018-05-03/2018-05-05
between 3 May and 5 June 2018 | between 3 May and 5 June 2018 | 2018-05-03/2018-06-05
30 December to 2 January 2018 | 30 December to 2 January 2018 | 2017-12-30/2018-01-02
from March to May 2018 | March to May 2018 | 2018-03/2018-05
the 2011-2012 polls | 2011-2012 | 2011/2012
the season 2011/12 | 2011/12 | 2011/2012
from 2012 to 2014 | 2012 to 2014 | 2012/2014
between 2012 and 2014 | between 2012 and 2014 | 2012/2014
since 2014 | since 2014 | 2014/2023-03-17
since May 2014 | since May 2014 | 2014-05/2023-03-17
since February | since February | 2023-02/2023-03-17
since 5 May 2014 | since 5 May 2014 | 2014-05-05/2023-03-17
before 2006 | before 2006 | ../2006
before May 2006 | before May 2006 | ../2006-05
until 5 May 2006 | until 5 May 2006 | ../2006-05-05
by 5 May 2006 | by 5 May 2006 | ../2006-05-05
no later than 5 May 2006 | no later than 5 May 2006 | ../2006-05-05
after 5 May 2006 | after 5 May 2006 | 2006-05-05/2023-03-17
around 5 May 2006 | around 5 May 2006 | 2006-05-05~
on or about 12 March | on or about 12 March | 2023-03-12~
about May 2006 | about May 2006 | 2006-05~
on 14 Azar 1400 (5 December 2021) | 14 Azar 1400 (5 December 2021) | 2021-12-05
on 14 Azar 1400 | 14 Azar 1400 |
on 27 January 2014 at 12:30 | 27 January 2014 at 12:30 | 2014-01-27T12:30
on 27 January at 12.30 | 27 January at 12.30 | 2023-01-27T12:30
on Human Rights Day 2019 | Human Rights Day 2019 | 2019-12-10
for 41 days | 41 days |
eleven years in a colony | eleven years |
You may march. |
a fine of 2,014 dinars |
Resolution No. 2017 |
the Friday Herald wrote |
5% of them |
"""

RUSSIAN = """
5 июля 2018 года он уехал | 5 июля 2018 года | 2018-07-05
В четверг, 5 июля 2018 года, он уехал | четверг, 5 июля 2018 года | 2018-07-05
5 дек. 2021 г. | 5 дек. 2021 г | 2021-12-05
05.12.2021 суд закрыли | 05.12.2021 | 2021-12-05
двенадцатого мая 2021 года | двенадцатого мая 2021 года | 2021-05-12
5-го мая 2021 | 5-го мая 2021 | 2021-05-05
31 апреля 2021 года | 31 апреля 2021 года | 2021-04/2021-05
в июле 2018 года | июле 2018 года | 2018-07
в 2018 году | 2018 году | 2018
в 1990-х | 1990-х | 199X
весной 2020 года | весной 2020 года | 2020-21
летом | летом | 2022-22
в начале 2018 года | начале 2018 года | 2018
в середине мая 2018 года | середине мая 2018 года | 2018-05
в конце мая | конце мая | 2022-05
14 марта | 14 марта | 2023-03-14
от 6 декабря | 6 декабря | 2022-12-06
в апреле | апреле | 2022-04
в марте прошлого года | марте прошлого года | 2022-03
во вторник | вторник | 2023-03-14
в прошлую пятницу | прошлую пятницу | 2023-03-10
сегодня | сегодня | 2023-03-17
вчера вечером | вчера вечером | 2023-03-16
позавчера | позавчера | 2023-03-15
три дня назад | три дня назад | 2023-03-14
год назад | год назад | 2022
несколько дней назад | несколько дней назад |
на прошлой неделе | прошлой неделе | 2023-03-06/2023-03-12
в прошлом году | прошлом году | 2022
в этом году | этом году | 2023
за последний год | за последний год | 2022-03-17/2023-03-17
в последние годы | последние годы |
на следующий день | следующий день | 2023-03-15
в тот же день | тот же день | 2023-03-14
три дня спустя | три дня спустя | 2023-03-17
через три дня | через три дня | 2023-03-17
накануне | накануне | 2023-03-13
накануне 5 мая 2022 года | накануне 5 мая 2022 года | 2022-05-04
с 3 по 5 мая 2022 года | с 3 по 5 мая 2022 года | 2022-05-03/2022-05-05
в ночь на 15 марта 2022 года | ночь на 15 марта 2022 года | 2022-03-14/2022-03-15
в ночь с 14 на 15 марта 2022 года | с 14 на 15 марта 2022 года | 2022-03-14/2022-03-15
в 2011-2012 годах | 2011-2012 годах | 2011/2012
с 2014 года | с 2014 года | 2014/2023-03-17
до 2006 года | до 2006 года | ../2006
после 5 мая 2006 года | после 5 мая 2006 года | 2006-05-05/2023-03-17
около 12 марта | около 12 марта | 2023-03-12~
утром 15 марта | утром 15 марта | 2023-03-15
в течение трёх лет | трёх лет |
"""

UKRAINIAN = """
5 липня 2018 року він поїхав | 5 липня 2018 року | 2018-07-05
У четвер, 5 липня 2018 року, він поїхав | четвер, 5 липня 2018 року | 2018-07-05
05.12.2021 суд закрили | 05.12.2021 | 2021-12-05
19.08.2022 | 19.08.2022 | 2022-08-19
дванадцятого травня 2021 року | дванадцятого травня 2021 року | 2021-05-12
5-го травня 2021 | 5-го травня 2021 | 2021-05-05
31 квітня 2021 року | 31 квітня 2021 року | 2021-04/2021-05
у липні 2018 року | липні 2018 року | 2018-07
у 2018 році | 2018 році | 2018
навесні 2020 року | навесні 2020 року | 2020-21
влітку | влітку | 2022-22
на початку 2018 року | початку 2018 року | 2018
у середині травня 2018 року | середині травня 2018 року | 2018-05
наприкінці травня | наприкінці травня | 2022-05
14 березня | 14 березня | 2023-03-14
від 6 грудня | 6 грудня | 2022-12-06
у квітні | квітні | 2022-04
у березні минулого року | березні минулого року | 2022-03
у вівторок | вівторок | 2023-03-14
минулої п'ятниці | минулої п'ятниці | 2023-03-10
минулої п’ятниці | минулої п’ятниці | 2023-03-10
сьогодні | сьогодні | 2023-03-17
вчора ввечері | вчора ввечері | 2023-03-16
позавчора | позавчора | 2023-03-15
три дні тому | три дні тому | 2023-03-14
рік тому | рік тому | 2022
кілька днів тому | кілька днів тому |
минулого тижня | минулого тижня | 2023-03-06/2023-03-12
минулого року | минулого року | 2022
торік | торік | 2022
цього року | цього року | 2023
протягом останнього року | протягом останнього року | 2022-03-17/2023-03-17
наступного дня | наступного дня | 2023-03-15
того ж дня | того ж дня | 2023-03-14
три дні по тому | три дні по тому | 2023-03-17
через три дні | через три дні | 2023-03-17
напередодні | напередодні | 2023-03-13
напередодні 5 травня 2022 року | напередодні 5 травня 2022 року | 2022-05-04
з 3 по 5 травня 2022 року | з 3 по 5 травня 2022 року | 2022-05-03/2022-05-05
у ніч на 15 березня 2022 року | ніч на 15 березня 2022 року | 2022-03-14/2022-03-15
у 2011-2012 роках | 2011-2012 роках | 2011/2012
з 2014 року | з 2014 року | 2014/2023-03-17
до 2006 року | до 2006 року | ../2006
після 5 травня 2006 року | після 5 травня 2006 року | 2006-05-05/2023-03-17
близько 12 березня | близько 12 березня | 2023-03-12~
упродовж трьох років | трьох років |
"""


def cases() -> list[tuple[str, str, str, str]]:
    """Language, text, printed words and date of each line above."""
    made = []
    for language, table in (("en", ENGLISH), ("ru", RUSSIAN), ("uk", UKRAINIAN)):
        for line in table.strip().splitlines():
            text, printed, edtf = (*(part.strip() for part in line.split("|")), "", "")[:3]
            made.append((language, text, printed, edtf))
    return made
