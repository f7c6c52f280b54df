"""The closed-class words of English by which the surface readings find their way, and the numbers in letters."""


def word_set(words: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(words.split())


DETERMINERS = word_set(
    "the a an this these those his her its their our my your some any no each every another both all several many few "
    "most other such"
)
QUANTIFIERS = word_set("at least about around up to more than over nearly almost some only as many roughly")
KIN = word_set(
    "son sons daughter daughters child children wife husband brother brothers sister sisters father mother parents "
    "nephew niece uncle aunt grandson granddaughter grandmother grandfather girlfriend boyfriend cousin baby"
)
ADVENTURERS = word_set(  # who are found dead where nobody hurt them
    "hiker hikers climber climbers mountaineer mountaineers skier skiers snowboarder snowboarders swimmer swimmers "
    "kayaker kayakers canoeist canoeists boater boaters angler anglers snorkeler snorkelers paraglider paragliders"
)
SHIPS = frozenset(["MV", "MT", "MS", "FV", "SS", "HMS", "USS"])  # before the name of one
NUMERALS = word_set(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand dozen dozens hundreds "
    "thousands scores half"
)
PREPOSITIONS = word_set(
    "of in on at by for with from to against near into onto over under after before during since until till through "
    "throughout across around outside inside along among amid between behind beyond about toward towards upon within "
    "without via per despite following including as off out up down like than because but except alongside targeting "
    "regarding"
)
AUXILIARIES = word_set(
    "is was were are be been being am has have had having will would could may might must do does did should can shall "
    "'s 've 'd 'll 're get gets got gotten"
)
BE = word_set("is was were are be been being am 's 're get gets got gotten")
ADVERBS = word_set(
    "also already not n't never then later again just still even recently reportedly allegedly apparently fatally "
    "critically seriously badly severely mortally accidentally repeatedly brutally routinely jointly bluntly formally "
    "officially publicly first once twice soon finally now simply together too yet earlier since ever thus"
)
PRONOUNS = word_set(
    "he she they it we i you him them us me himself herself themselves itself who whom which that what whose where "
    "when while why how there here if whether although though unless because so and/or this"
)
RELATIVES = word_set("who which that")
TIME = word_set(
    "today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday sunday last next ago overnight "
    "mon. tue. wed. thu. thur. fri. sat. sun. jan. feb. aug. sept. oct. nov. dec. january february april june july "
    "august september october november december early late"
)
SAYING = word_set(
    "say says said saying tell tells told report reports reported reporting announce announces announced confirm "
    "confirms confirmed believe believes believed think thinks thought know knows known add adds added claim claims "
    "claimed deny denies denied note noted state stated declare declared explain explained indicate indicated reveal "
    "revealed show shows showed suggest suggested warn warned insist insisted hope hopes hoped fear feared want wants "
    "wanted try tries tried begin began begun continue continued come came go went gone going make made take took "
    "taken taking give gave given find found hear heard see saw seen leave left leaving become became hold held put "
    "carry carried launch launched stage staged remain remained happen happened occur occurred involve involved accuse "
    "accused suspect appear appeared decide decided order ordered need needs needed bring brought follow followed end "
    "ended start started keep kept lead led use used run ran ask asked arrive arrived return returned call called seem "
    "seemed cause caused face faced allege alleged admit admitted learn learned vow vowed responded"
)
TELLING = word_set(  # of those, the ones that only tell what another does
    "say says said tell tells told report reports reported announce announced confirm confirms confirmed believe "
    "believes believed think thinks thought add adds added explain explained note noted state stated describe described"
)
# Participles that go on describing the noun before them: "gunmen armed with machetes attacked".
DESCRIBING = word_set(
    "armed based backed dressed wearing riding loyal belonging identified aged linked led named described"
)
# Words that begin a clause of their own: the noun phrase before a verb does not reach over them.
SUBORDINATORS = word_set("after before until till since as than because like when while")
COLLECTIVES = word_set(
    "a an the at least about some several many most group groups band number numbers handful couple pair crowd crowds "
    "scores dozens hundreds thousands tens members series column gang chapter branch wing affiliate offshoot faction "
    "front cell panel"
)
TITLES = word_set(
    "mr mr. mrs mrs. ms ms. dr dr. sir gen gen. general col col. colonel capt capt. captain lt lt. lieutenant sgt sgt. "
    "sergeant maj maj. major president minister senator sen. sen rep. governor gov. mayor judge officer deputy chief "
    "secretary ambassador prime king queen sheikh sheik emir commander leader spokesman rev. father bishop speaker "
    "whip adviser advisor representative reps. sens. congressman congresswoman justice candidate nominee chairman "
    "director detective trooper sheriff agent councilman commissioner archbishop msgr msgr. pastor coach subedar naik "
    "havildar sepoy jawan constable constables inspector alhaji hajiya malam mallam madam specialist spc spc. petty "
    "airman corporal cpl cpl. private pvt pvt. seaman ensign commodore admiral adm adm. brig brig. brigadier marshal "
    "senior staff privates captains lieutenants sergeants"
)
# What courts do about a deed that is done.
JUDGING = word_set("convict sentence acquit charge indict try arraign imprison jail plead")
SEARCHING = word_set("search comb hunt scour pursue chase")  # what follows a deed, some day
ARRESTING = word_set("arrest detain apprehend nab recapture extradite")
PARTICLES = word_set("de del da dos la las los van von der bin ibn al el ag abu ould - d' y")
QUOTES = word_set("\" ' `` '' ` “ ” ‘ ’ „ « » - / &")

_UNIT_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TEN_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
UNITS = {word: value for value, word in enumerate(_UNIT_WORDS.split())}
TENS = {word: 10 * value for value, word in enumerate(_TEN_WORDS.split(), 2)}
PREMISES = word_set(  # what is searched for the sake of those who live or work there
    "home house apartment residence office headquarters premises villa farm ranch studio newsroom newspaper station "
    "shop store warehouse bank school university hotel bar"
)
HURTING = word_set("killed killing shot wounded wounding injured injuring dead")
