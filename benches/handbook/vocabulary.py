"""The words, headings and titles that the synthetic handbook is made of. Data only: how they are joined is prose.py's job."""

SECTIONS = [
    ("1-getting-started", "Getting started"),
    ("2-concepts", "Concepts"),
    ("3-guides", "Guides"),
    ("4-configuration", "Configuration"),
    ("5-operations", "Operations"),
    ("6-integrations", "Integrations"),
    ("7-reference", "Reference"),
    ("8-troubleshooting", "Troubleshooting"),
]

NOUNS = """
account adapter agent alert alias archive artifact attribute audit backend
backlog balancer bandwidth batch beacon binding blob bridge broker bucket
budget buffer bundle cache canary certificate channel checkpoint checksum
client cluster collector column commit compiler condition connection
constraint consumer container context contract controller cookie counter
credential cursor daemon dashboard database dataset deadline dependency
deployment descriptor digest directory dispatcher document domain driver
endpoint engine entry envelope environment event exporter extension failover
feature feed fence filter firewall fixture flag folder forecast formatter
fragment frame gateway graph group guard handler handshake hash header
heartbeat histogram hook host identity image import index ingress inspector
instance interval invoice iterator job journal kernel key label latency layer
layout leader lease ledger library lifecycle limit listener loader locale lock
log manifest mapping marker mask matrix membership memory merge message
metadata metric middleware migration mirror module monitor mount namespace
network node notification object observer operator option orchestrator order
outage owner package page parameter parser partition password patch path
payload peer permission pipeline plan platform plugin policy pool port prefix
probe process producer profile project promise prompt protocol provider proxy
query queue quota range ratio record recovery region registry relay release
replica report repository request resolver resource response retention retry
revision role rollback rollout route router rule runbook runtime sample
sandbox schedule scheduler schema scope script secret segment selector
semaphore sequence server service session shard signal sink snapshot socket
source span stage standby state store stream subnet subscription summary
supervisor switch symbol table tag target task template tenant thread
threshold throttle timeout timer timestamp token topic topology trace traffic
transaction transform trigger tunnel upgrade upload usage user validator
variable vault version view volume watcher webhook window worker workflow
workload workspace zone
""".split()

VERBS = """
accept acquire activate adjust allocate announce append apply approve archive
assign attach audit authorize balance batch bind block broadcast buffer build
cache calculate cancel capture check clean clone close collect combine commit
compare compile compress compute configure confirm connect copy count create
decode decrypt delegate delete deliver deploy derive detach detect disable
discard dispatch drain drop duplicate emit enable encode encrypt enforce
enqueue evaluate evict expand expire explain export extend extract fetch
filter flatten flush forward freeze generate group handle hash ignore import
index inherit inject inspect install invalidate invoke isolate issue iterate
join launch limit link list load lock log map mark measure merge migrate
mirror monitor mount move normalize notify observe open order override parse
partition patch pause persist pin plan poll populate prefer prepare preserve
prune publish purge push query queue quote read rebuild receive reclaim
recover redirect reduce refresh register reject release reload rename render
repair repeat replace replay replicate report request reserve reset resolve
restart restore resume retain retry return reuse revoke rewrite rotate route
run sample save scan schedule scrape seal select send serialize serve share
shrink sign skip snapshot sort split stage start stop store stream submit
subscribe suspend switch synchronize tag test throttle trace track transfer
transform trigger trim unlock update upgrade upload validate verify wait warm
watch wrap write
""".split()

ADJECTIVES = """
active adaptive ambient annual asynchronous atomic automatic backup basic
binary blocking bounded brief broken cached central circular clean cold
common compact complete concurrent conditional consistent constant critical
current custom daily damaged dedicated deep default deferred dense dependent
detailed direct dirty distributed dormant double durable dynamic eager early
elastic empty encrypted ephemeral exact exclusive expired explicit external
fast final flat foreign fresh full general generic global granular healthy
hidden hot hybrid idle immutable implicit incremental independent indirect
initial inner internal invalid isolated large late lazy legacy lightweight
linear local logical loose managed manual minimal missing mixed mutable narrow
native nested neutral noisy nominal normal obsolete offline online opaque open
optional ordered outer parallel partial passive pending periodic persistent
physical plain portable preferred previous primary private protected public
quiet random raw recent recursive redundant regional relative reliable remote
replicated required resilient restricted reversible rolling safe scheduled
secondary secure sequential shallow shared signed silent simple single slow
sparse stable stale standard static sticky strict strong structured stuck
synchronous temporary thin transient transparent trusted unique unsafe unused
upstream urgent valid verbose virtual visible volatile weak
""".split()

SYLLABLES = """
al an ar bel bor cal can cor dal den dor el en er fal fen gar gel hal hel in
ir jor kal kel kor lan len lor mar mel mor nal nel nor ol on or pal pel por
quen ral rel ron sal sel sor tal tel tor ul un ur val vel vor wen xal yel zan
zel
""".split()

# Sentence patterns. Slots: {n} noun, {ns} plural noun, {v} verb, {a} adjective,
# {x} a coined product name, {c} inline code, {num} a number.
SENTENCES = [
    "The {a} {n} keeps every {n} in a {a} {n} until the {n} has been told to {v} it.",
    "Before you {v} the {n}, check that the {a} {n} can still {v} its {ns}.",
    "{x} reads {c} once at start-up and does not {v} the {n} again.",
    "When a {n} is **{a}**, the {n} will {v} it and write a {a} entry to the {n}.",
    "Most teams {v} one {n} per {n}, and {v} the rest with a {a} {n}.",
    "A {a} {n} costs about {num} milliseconds for each {n} that it has to {v}.",
    "If the {n} cannot {v} the {n}, it falls back to the *{a} {n}* and raises {c}.",
    "You rarely need to {v} the {n} by hand, because {x} will {v} it for you.",
    "Set {c} to {num} when the {n} has more than {num} {ns} to {v}.",
    "This is the {n} that operators ask about most often, so {v} it first.",
    "Neither the {n} nor the {n} should {v} a {a} {n} during a {n}.",
    "The {n} that {x} returns is {a}: {v} it, and never {v} it twice.",
    "Use {c} rather than {c} whenever the {n} is {a} or the {n} is **{a}**.",
    "Every {n} has a {a} name, an owner and a list of {ns} that it may {v}.",
    "In a {a} {n} the {ns} {v} in order, which makes the {n} easy to {v}.",
    "It is *not* enough to {v} the {n}; the {a} {n} has to {v} it as well.",
    "After {num} failed attempts {x} will {v} the {n} and {v} its {ns}.",
    "Keep the {n} small: a {a} {n} is cheaper to {v} than a {a} one.",
    "The {n} calls {c} for each {n}, so a {a} {n} can {v} the whole {n}.",
    "Read the {n} from top to bottom, then {v} only the {ns} that have changed.",
    "Older releases of {x} would {v} the {n} here, which left a {a} {n} behind.",
    "To {v} a {n} without a {n}, pass {c} and {v} the {n} at the end.",
    "A {n} with no {n} is treated as {a}, and the {n} will {v} it at the next {n}.",
    "Nothing stops you from using a {a} {n} here, but the {n} will be harder to {v}.",
    "We {v} the {a} {ns} in groups of {num} so that one {a} {n} cannot {v} the others.",
    "Both the {n} and its {n} are {a}, so it is safe to {v} them in parallel.",
    "The value of {c} is a {n}, not a {n}, and {x} will refuse to {v} anything else.",
    "As a rule of thumb, {v} the {n} when its {n} grows past {num} percent.",
]

HEADINGS = [
    "How the {a} {n} works",
    "When to {v} a {n}",
    "Before you {v} the {n}",
    "Choosing a {a} {n}",
    "Connecting the {n} to {x}",
    "Limits of the {a} {n}",
    "What happens when a {n} is {a}",
    "The {n} and its {ns}",
    "Working with {a} {ns}",
    "Checking the {n} by hand",
    "Why the {n} may {v} twice",
    "Moving a {n} to another {n}",
    "Reading the {n} report",
    "Common mistakes with the {n}",
    "Running a {a} {n} in {x}",
    "Settings for the {a} {n}",
]

TITLES = [
    "Set up a {a} {n} for {x}",
    "{x} and the {a} {n}",
    "How to {v} a {a} {n}",
    "The {a} {n} in {x}",
    "Understanding the {x} {n}",
    "{V} the {n} with {x}",
    "When the {x} {n} is {a}",
    "{X} {n} reference",
]
