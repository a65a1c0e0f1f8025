# Min gruppe: prikker, medlemmer, delte rapporter, møteguide. Tjenester. Bokmål.

group-list-title = Gruppene mine
group-none = Du er ikke med i noen kursgruppe.
group-none-how = Lederen for en gruppe kan melde deg inn med HPR-nummeret ditt.
group-is-member = Du er medlem
group-is-leader = Du er leder
group-is-leader-and-member = Du er leder og medlem
group-back = Tilbake til gruppen
group-pages = Sider for gruppen
group-to-guide = Guide til neste møte
group-to-roster = Medlemmer
group-problem = Noe må rettes
group-hpr = HPR-nummer { $hpr }
group-no-edition = Ingen utgave av tallene er lagt ut ennå.

## Prikkene
group-lead = Slik ligger legene i gruppen an. Ingen prikk har navn, og bare du ser hvilken som er din.
group-dots = Legene som prikker
group-choose = Velg periode
group-dots-members = Prikkene er { $count } leger som var med i gruppen { $moment }. De samme legene tegnes så lenge utgaven er lagt ut, også når noen kommer eller går.
group-dots-from = Prikkene vises fra { $moment }. Gruppen har nettopp fått nye medlemmer, og tegnes når den har stått uendret et døgn.
group-dots-too-few = Prikkene kan ikke vises: gruppen har færre enn ti leger.
group-dots-key = Én prikk er én lege. Lengst til venstre og lengst til høyre står minst fem leger samlet, så ingen skiller seg ut. Båndet under er de midterste åtte av ti leger i landet, og ruten er landet samlet.
group-country = Landet
group-country-range = Åtte av ti leger i landet: { $range }
group-as-one = Gruppen samlet
group-you = Du
group-not-a-dot = Du er ikke blant prikkene: du var ikke med da de ble tegnet, eller du har for lite å telle til at tallet kan sammenlignes.
group-places = Prikkene som tabell
group-places-where = Verdi
group-places-count = Leger
group-rest = De andre tallene
group-rest-show = Vis alle

## Delt med lederen
group-shared-with-you = Rapporter som er delt med deg
group-shared-none = Ingen rapporter er delt med deg nå.
group-shared-lead = Hver gang du åpner en rapport, står det i loggen til legen den gjelder.
group-share-every = Alle rapportene, delt { $moment }
group-share-one = Rapporten for { $period }, delt { $moment }
group-shared-title = En rapport som er delt med deg
group-shared-heading = Rapport som er delt med deg
group-shared-back = Tilbake
group-shared-since = Legen delte rapporten med deg { $moment }.
group-shared-until = Delingen kan tas tilbake når som helst, og da lukkes rapporten med en gang.
group-shared-you = I rapporten er «du» legen den gjelder. Mål, planer, logg og meldinger om feil er ikke med.
group-shared-all = Alle tallene
group-shared-all-lead = De viktigste står først, med figurer. De øvrige er korte.

## Medlemmer
group-roster-title = Medlemmer i { $group }
group-roster-lead = Du melder inn og ut med HPR-nummer. Den det gjelder, ser det i loggen sin.
group-roster-count = { $count ->
    [0] Gruppen har ingen medlemmer.
    [one] Gruppen har ett medlem.
   *[other] Gruppen har { $number } medlemmer.
  }
group-roster-enrol = Meld inn en lege
group-roster-hpr = HPR-nummer
group-roster-hpr-hint = Sju til ni siffer. Legen trenger ikke å ha logget inn før.
group-roster-enrol-do = Meld inn
group-roster-members = Medlemmer
group-roster-number = HPR-nummer
group-roster-since = Medlem siden
group-roster-change = Endre
group-roster-take-out = Ta ut
group-roster-take-out-of = Ta ut { $hpr }
group-roster-take-out-what = Det legen har delt med deg, lukkes med en gang.
group-roster-enrolled = Legen er meldt inn.
group-roster-out = Legen er tatt ut av gruppen.
group-roster-gone = Legen var alt tatt ut av gruppen.
group-roster-problem-hpr = Skriv et HPR-nummer med sju til ni siffer.
group-roster-problem-unknown = Ingen lege med dette HPR-nummeret finnes i de publiserte tallene eller har logget inn her. Sjekk nummeret, eller be legen logge inn først.
group-roster-problem-there = Legen er alt medlem av gruppen.
group-roster-problem-full = Gruppen har 100 medlemmer, og det er det meste. Ta ut noen først.

## Møteguide
group-guide-title = Møteguide for { $group }
group-guide-heading = Guide til gruppens møte
group-guide-lead = Halvannen time om antibiotika, med gruppens egne tall. Målet er én ting dere vil prøve, ikke en dom over noen.
group-guide-print = Guiden fyller to A4-sider når du skriver den ut. Ditt eget tall er ikke med.
group-guide-before = Før møtet
group-guide-before-report = Alle har sett sin egen rapport. Den er deres, og ingen trenger å vise den fram.
group-guide-before-choose = Møtelederen har valgt ett eller to av tallene på neste side. Flere rekker dere ikke.
group-guide-before-bring = Hver tar med to pasienter fra den siste måneden, uten navn: én der valget var lett, og én der det var vanskelig.
group-guide-plan = Tidsplan
group-guide-minutes = Minutter
group-guide-what = Hva dere gjør
group-guide-plan-open = Velkommen.
group-guide-plan-open-how = Møtelederen sier hva som blir i rommet, og hvilket tall dere tar først.
group-guide-plan-alone = Alene.
group-guide-plan-alone-how = Gjett hvor du ligger, og se så etter i din egen rapport. Noter hva som overrasket.
group-guide-plan-pairs = To og to.
group-guide-plan-pairs-how = Fortell hverandre om de to pasientene. Den som lytter, spør bare.
group-guide-plan-together = Sammen.
group-guide-plan-together-how = Se på prikkene og ta de tre spørsmålene ett for ett. Alle får ordet før noen får det to ganger.
group-guide-plan-together-numbers = Se på tallene på neste side og ta de tre spørsmålene ett for ett. Alle får ordet før noen får det to ganger.
group-guide-plan-agree = Bli enige.
group-guide-plan-agree-how = Hver skriver en plan: «Når dette skjer, gjør jeg dette.» Gruppen velger én ting alle prøver.
group-guide-plan-end = Avslutt.
group-guide-plan-end-how = Avtal når dere ser på tallene igjen, og hvem som tar det opp.
group-guide-talk = Slik snakker dere om prikkene
group-guide-talk-numbers = Slik snakker dere om tallene
group-guide-talk-guess = Ikke gjett hvem som er hvem, og ikke be noen si det.
group-guide-talk-own = Den som vil, forteller hva tallet betyr i egen praksis. Det er aldri noens tur.
group-guide-talk-why = Spør «hva gjør det vanskelig?» før «hva burde vi gjøre?».
group-guide-talk-patients = Pasientene er ulike. Spør hva som skiller listene, før dere spør hva som skiller legene.
group-guide-talk-chance = Små tall svinger. En prikk litt til siden kan være tilfeldig.
group-guide-talk-chance-numbers = Små tall svinger. Et tall litt til siden for landet kan være tilfeldig.
group-guide-differs = Her er forskjellen størst i gruppen
group-guide-numbers = Tall å snakke om
group-guide-questions = Tre åpne spørsmål
group-guide-agreed = Det vi ble enige om
group-guide-agreed-lead = Hva prøver vi, fra når, og når ser vi på tallene igjen?

## Tjenester
group-service = Tjenesten { $name }
group-service-intro = Tallene for stedet samlet, slik de er publisert, ved siden av landet. Ingen enkelt lege kan leses ut av dem.
group-service-own = Tjenesten
group-service-figures = Publiserte tall
group-service-lead = Tallene gjelder leger som sist i perioden hadde denne tjenesten som arbeidssted. Summene er avrundet.
group-service-no-scope = Utgaven har ingen publiserte tall for { $name }. Tall for et arbeidssted publiseres når minst fem leger har det som sitt siste arbeidssted i perioden. Leger som bare har vakter her, regnes til sin egen praksis.
group-service-untold = Dette kan ikke sies
