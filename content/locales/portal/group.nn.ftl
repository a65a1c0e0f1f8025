# Mi gruppe: prikkar, medlemer, delte rapportar, møteguide. Tenester. Nynorsk.

group-list-title = Gruppene mine
group-none = Du er ikkje med i noka kursgruppe.
group-none-how = Leiaren for ei gruppe kan melde deg inn med HPR-nummeret ditt.
group-is-member = Du er medlem
group-is-leader = Du er leiar
group-is-leader-and-member = Du er leiar og medlem
group-back = Tilbake til gruppa
group-pages = Sider for gruppa
group-to-guide = Guide til neste møte
group-to-roster = Medlemer
group-problem = Noko må rettast
group-hpr = HPR-nummer { $hpr }
group-no-edition = Inga utgåve av tala er lagd ut enno.

## Prikkane
group-lead = Slik ligg legane i gruppa an. Ingen prikk har namn, og berre du ser kva for ein som er din.
group-dots = Legane som prikkar
group-choose = Vel periode
group-dots-members = Prikkane er { $count } legar som var med i gruppa { $moment }. Dei same legane blir teikna så lenge utgåva er lagd ut, også når nokon kjem eller går.
group-dots-from = Prikkane blir viste frå { $moment }. Gruppa har nett fått nye medlemer, og blir teikna når ho har stått uendra eit døgn.
group-dots-too-few = Prikkane kan ikkje visast: gruppa har færre enn ti legar.
group-dots-key = Éin prikk er éin lege. Lengst til venstre og lengst til høgre står minst fem legar samla, så ingen skil seg ut. Bandet under er dei midtarste åtte av ti legar i landet, og ruta er landet samla.
group-country = Landet
group-country-range = Åtte av ti legar i landet: { $range }
group-as-one = Gruppa samla
group-you = Du
group-not-a-dot = Du er ikkje blant prikkane: du var ikkje med då dei vart teikna, eller du har for lite å telje til at talet kan samanliknast.
group-places = Prikkane som tabell
group-places-where = Verdi
group-places-count = Legar
group-rest = Dei andre tala
group-rest-show = Vis alle

## Delt med leiaren
group-shared-with-you = Rapportar som er delte med deg
group-shared-none = Ingen rapportar er delte med deg no.
group-shared-lead = Kvar gong du opnar ein rapport, står det i loggen til legen han gjeld.
group-share-every = Alle rapportane, delte { $moment }
group-share-one = Rapporten for { $period }, delt { $moment }
group-shared-title = Ein rapport som er delt med deg
group-shared-heading = Rapport som er delt med deg
group-shared-back = Tilbake
group-shared-since = Legen delte rapporten med deg { $moment }.
group-shared-until = Delinga kan takast tilbake når som helst, og då blir rapporten lukka med ein gong.
group-shared-you = I rapporten er «du» legen han gjeld. Mål, planar, logg og meldingar om feil er ikkje med.
group-shared-all = Alle tala
group-shared-all-lead = Dei viktigaste står først, med figurar. Dei andre er korte.

## Medlemer
group-roster-title = Medlemer i { $group }
group-roster-lead = Du melder inn og ut med HPR-nummer. Den det gjeld, ser det i loggen sin.
group-roster-count = { $count ->
    [0] Gruppa har ingen medlemer.
    [one] Gruppa har éin medlem.
   *[other] Gruppa har { $number } medlemer.
  }
group-roster-enrol = Meld inn ein lege
group-roster-hpr = HPR-nummer
group-roster-hpr-hint = Sju til ni siffer. Legen treng ikkje å ha logga inn før.
group-roster-enrol-do = Meld inn
group-roster-members = Medlemer
group-roster-number = HPR-nummer
group-roster-since = Medlem sidan
group-roster-change = Endre
group-roster-take-out = Ta ut
group-roster-take-out-of = Ta ut { $hpr }
group-roster-take-out-what = Det legen har delt med deg, blir lukka med ein gong.
group-roster-enrolled = Legen er meld inn.
group-roster-out = Legen er teken ut av gruppa.
group-roster-gone = Legen var alt teken ut av gruppa.
group-roster-problem-hpr = Skriv eit HPR-nummer med sju til ni siffer.
group-roster-problem-unknown = Ingen lege med dette HPR-nummeret finst i dei publiserte tala eller har logga inn her. Sjekk nummeret, eller be legen logge inn først.
group-roster-problem-there = Legen er alt medlem av gruppa.
group-roster-problem-full = Gruppa har 100 medlemer, og det er det meste. Ta ut nokon først.

## Møteguide
group-guide-title = Møteguide for { $group }
group-guide-heading = Guide til møtet i gruppa
group-guide-lead = Halvannan time om antibiotika, med tala til gruppa sjølv. Målet er éin ting de vil prøve, ikkje ein dom over nokon.
group-guide-print = Guiden fyller to A4-sider når du skriv han ut. Ditt eige tal er ikkje med.
group-guide-before = Før møtet
group-guide-before-report = Alle har sett sin eigen rapport. Han er deira, og ingen treng å vise han fram.
group-guide-before-choose = Møteleiaren har valt eitt eller to av tala på neste side. Fleire rekk de ikkje.
group-guide-before-bring = Kvar tek med to pasientar frå den siste månaden, utan namn: éin der valet var lett, og éin der det var vanskeleg.
group-guide-plan = Tidsplan
group-guide-minutes = Minutt
group-guide-what = Kva de gjer
group-guide-plan-open = Velkomen.
group-guide-plan-open-how = Møteleiaren seier kva som blir i rommet, og kva for eit tal de tek først.
group-guide-plan-alone = Åleine.
group-guide-plan-alone-how = Gjett kvar du ligg, og sjå så etter i din eigen rapport. Noter kva som overraska.
group-guide-plan-pairs = To og to.
group-guide-plan-pairs-how = Fortel kvarandre om dei to pasientane. Den som lyttar, spør berre.
group-guide-plan-together = Saman.
group-guide-plan-together-how = Sjå på prikkane og ta dei tre spørsmåla eitt for eitt. Alle får ordet før nokon får det to gonger.
group-guide-plan-together-numbers = Sjå på tala på neste side og ta dei tre spørsmåla eitt for eitt. Alle får ordet før nokon får det to gonger.
group-guide-plan-agree = Bli einige.
group-guide-plan-agree-how = Kvar skriv ein plan: «Når dette skjer, gjer eg dette.» Gruppa vel éin ting alle prøver.
group-guide-plan-end = Avslutt.
group-guide-plan-end-how = Avtal når de ser på tala igjen, og kven som tek det opp.
group-guide-talk = Slik snakkar de om prikkane
group-guide-talk-numbers = Slik snakkar de om tala
group-guide-talk-guess = Ikkje gjett kven som er kven, og ikkje be nokon seie det.
group-guide-talk-own = Den som vil, fortel kva talet betyr i eigen praksis. Det er aldri tur etter bordet.
group-guide-talk-why = Spør «kva gjer det vanskeleg?» før «kva burde vi gjere?».
group-guide-talk-patients = Pasientane er ulike. Spør kva som skil listene, før de spør kva som skil legane.
group-guide-talk-chance = Små tal svingar. Ein prikk litt til sida kan vere tilfeldig.
group-guide-talk-chance-numbers = Små tal svingar. Eit tal litt til sida for landet kan vere tilfeldig.
group-guide-differs = Her er skilnaden størst i gruppa
group-guide-numbers = Tal å snakke om
group-guide-questions = Tre opne spørsmål
group-guide-agreed = Det vi vart einige om
group-guide-agreed-lead = Kva prøver vi, frå når, og når ser vi på tala igjen?

## Tenester
group-service = Tenesta { $name }
group-service-intro = Tala for staden samla, slik dei er publiserte, ved sida av landet. Ingen einskild lege kan lesast ut av dei.
group-service-own = Tenesta
group-service-figures = Publiserte tal
group-service-lead = Tala gjeld legar som sist i perioden hadde denne tenesta som arbeidsstad. Summane er avrunda.
group-service-no-scope = Utgåva har ingen publiserte tal for { $name }. Tal for ein arbeidsstad blir publiserte når minst fem legar har han som siste arbeidsstad i perioden. Legar som berre har vakter her, blir rekna til sin eigen praksis.
group-service-untold = Dette kan ikkje seiast
