# Ordene i rapporten, bokmål. Samme nøkler i nn.ftl og en.ftl; testene passer på.

## Side og overskrifter
title = Din antibiotikarapport
title-of = Antibiotikarapport for { $id }, { $period }
skip = Gå til innholdet
synthetic = Oppdiktede data. Ingen tall her gjelder virkelige leger eller pasienter.
synthetic-short = Oppdiktede data
number-hpr = HPR-nummer { $id }
number-practice = Praksis { $id }
heading-first = Kort fortalt
heading-charts = Alle tallene dine
heading-more = Flere tall
table-more = De øvrige tallene dine
heading-population = Befolkningen der du arbeider
heading-absent = Tall som ikke kan vises for deg
heading-source = Slik er tallene laget
lead = Hvert tall står ved siden av ditt eget forrige år, kollegene og et nivå som den beste fjerdedelen av legene når. Små forskjeller kan være tilfeldige.
print-page = Side { $page } av { $pages }
and = og
list-patients = { $count } listepasienter
contacts = { $count } kontakter
dispensings = { $count } utleveringer av antibiotika

## Det som sammenlignes
you = Du
previous = Året før
municipality = Kommunen
county = Fylket
country = Landet
benchmark = Beste fjerdedel
table-who = Hvem
table-value = Verdi
table-basis = Grunnlag
table-indicator = Mål
table-by-month = Tall for hver måned
table-caption = { $name }: tallene bak figurene
doctors = { $count ->
    [one] { $number } lege
   *[other] { $number } leger
  }
deciles-row = De midterste åtte av ti leger
deciles-range = { $low } til { $high }

## Retning, enhet, antall
direction-lower = Lavere er bedre
direction-higher = Høyere er bedre
direction-neutral = Til orientering
left-out = Merk: { $note }
unit-per-1000 = per 1000 { $among }
unit-per-100 = per 100 { $among }
unit-per = per { $among }
counts = { $numerator } av { $denominator }
counts-per = { $numerator } { $counted } på { $denominator } { $among }
over-months = over { $months }
months = { $count ->
    [one] { $number } måned
   *[other] { $number } måneder
  }
zero = Ingen av { $denominator }
zero-group = Målt til null

## Når det ikke er noe tall
state-missing = Finnes ikke
state-too-few = For få
row-too-few = For få til å sammenligne
state-suppressed = Holdt tilbake
missing-no-patients = Kilden har ikke pasienter, så dette kan ikke regnes ut.
missing-no-contacts = Kilden har ikke kontakter med diagnoser for hele perioden, så dette kan ikke regnes ut.
missing-no-practice-lists = Listelengde er ikke levert.
missing-no-inhabitants = Folketall er ikke levert.
missing-no-period = Månedene finnes ikke i dataene.
missing-other-setting = Gjelder et annet arbeidssted enn ditt.
missing-no-own-list = Du hadde ingen pasientliste i perioden.
missing-population-only = Beskriver en befolkning, ikke en lege.
missing-prescriber-only = Beskriver en lege, ikke en befolkning.
missing-no-quantities = Kilden har ikke mengder, så dette kan ikke regnes ut.
missing-other-code-system = Kilden koder legemidler på en annen måte enn denne indikatoren.
missing-no-waiting = Ingen utlevering sier om resepten skulle vente.
missing-no-prescribed-diagnoses = Ikke alle utleveringer har med diagnosen på resepten.
missing-nothing-to-count = Ingen slike kontakter eller utleveringer i perioden.
missing-no-group = Ingen slik gruppe er kjent for deg.
suppressed-fewer-than-five = Færre enn fem leger i gruppen.
suppressed-one-dominates = Én lege står for over halvparten.
suppressed-few-people = Færre enn fem personer.
suppressed-other-group = Få personer, eller en annen gruppe kunne regnes ut av tallet.
suppressed-few-peers = Færre enn ti leger å sammenligne.

## Hva skal til
goal-fewer = { $decisions } færre { $counted } ville gitt { $benchmark } eller lavere, som i den beste fjerdedelen.
goal-more = { $decisions } flere { $counted } ville gitt { $benchmark } eller høyere, som i den beste fjerdedelen.
goal-reached = Du er på nivå med den beste fjerdedelen ({ $benchmark }). Fortsett slik.
goal-own-fewer = { $decisions } færre { $counted } ville gitt { $benchmark } eller lavere, som den beste fjerdedelen med pasienter som dine.
goal-own-more = { $decisions } flere { $counted } ville gitt { $benchmark } eller høyere, som den beste fjerdedelen med pasienter som dine.
goal-own-reached = Du er på nivå med den beste fjerdedelen ({ $benchmark } med pasienter som dine). Fortsett slik.
goal-out-of-reach = Nivået til den beste fjerdedelen kan ikke nås med et helt antall endringer her.
goal-alike = De fleste leger har { $benchmark } her, så det er ingen beste fjerdedel å strekke seg mot.
goal-neutral = Til orientering. Her er verken høyt eller lavt best.
goal-too-few = For få til å si noe om forskjeller.
goal-too-few-shown = For få til å regne ut en andel.
goal-no-benchmark = Nivået til den beste fjerdedelen kan ikke vises her.
target-foreign = Mål i et annet land, til orientering: { $value } ({ $source })
target-national = Nasjonalt mål: { $value } ({ $source })

## Figurer
chart-previous-window = Forrige: { $value }
chart-own-window = Nå: { $value }
chart-no-own = Ingen verdi å vise for deg
chart-no-spread = Spredningen mellom legene kan ikke vises
chart-no-spread-short = Vises ikke
chart-no-trend = Månedene kan ikke vises
chart-key-own = du (åpen ring: for få til å sammenligne)
chart-key-previous = deg, perioden før
chart-key-municipality = kommunen
chart-key-county = fylket
chart-key-country = landet
chart-key-benchmark = den beste fjerdedelen, skravert: dit eller bedre
chart-key-target = mål i et annet land
chart-key-dots = leger med lignende pasienter (eller alle), samlet i prikker: større jo flere
chart-key-spread = åtte av ti leger, strek for hver tidel
chart-key-months = hver måned
strip-title = Hvor du ligger
strip-desc = { $name }. { $direction }. { $values }.
trend-title = Utvikling
trend-desc = { $name }, måned for måned fra { $first } til { $last }. { $values }.
value-of = { $who }: { $value }
value-of-counts = { $who }: { $value } ({ $counts })
decile-values = Åtte av ti leger: { $low } til { $high }

## Ventet av egne kontakter, og dommen
lead-expected = Hvert tall står ved siden av det som var ventet: det leger i landet ville hatt med { $basis }.
basis-contacts = dine kontakter og pasienter
basis-patients = dine pasienter
table-says = Hva tallet sier
crude-summary = Året før og andre leger, uten hensyn til hvem pasientene er
expected = Ventet
expected-value = Ventet hos dine pasienter: { $value } ({ $counts })
expected-counts = Ventet hos dine pasienter: { $counts }
expected-none = Ikke noe ventet tall: { $reason }
expected-not-told = Denne utgaven forteller ikke hva som var ventet av dine kontakter.
no-expected-no-figure = du har ingen egne tall her.
no-expected-no-units = du hadde ingen slike kontakter eller utleveringer.
no-expected-population = det beskriver en befolkning, ikke dine kontakter.
no-expected-amounts = målet er en mengde, ikke et antall, så tilfeldigheten har ingen kjent størrelse.
no-expected-nothing-in-common = det som telles og det det telles blant, har ingen kjente kjennetegn felles.
no-expected-too-few-in-country = det skjer for sjelden i landet.
no-expected-not-comparable = tallet kan ikke sammenlignes med andres.
ratio = Forhold
ratio-interval = 95 %-intervall { $low } til { $high }
verdict-clearly-better-lower = Klart lavere enn ventet, og lavere er bedre. Verdt å holde fast ved.
verdict-clearly-better-higher = Klart høyere enn ventet, og høyere er bedre. Verdt å holde fast ved.
verdict-probably-better-lower = Trolig lavere enn ventet, og lavere er bedre.
verdict-probably-better-higher = Trolig høyere enn ventet, og høyere er bedre.
verdict-as-expected = Kan ikke skilles fra det ventede: forskjellen kan være tilfeldig.
verdict-usual-spread = Som ventet: forskjellen er ikke større enn den som er vanlig mellom leger med slike pasienter.
verdict-probably-worse-lower = Trolig høyere enn ventet, der lavere er bedre.
verdict-probably-worse-higher = Trolig lavere enn ventet, der høyere er bedre.
verdict-clearly-worse-lower = Klart høyere enn ventet, der lavere er bedre. Verken tilfeldigheter eller vanlige forskjeller mellom leger forklarer det.
verdict-clearly-worse-higher = Klart lavere enn ventet, der høyere er bedre. Verken tilfeldigheter eller vanlige forskjeller mellom leger forklarer det.
verdict-why-usual-spread = Forskjellen er mer enn tilfeldig, men leger med slike pasienter er så ulike at den kan være vanlig.
verdict-why-many-doctors = Få leger ligger så langt fra det ventede, men blant så mange vil noen gjøre det uansett.
verdict-too-few = For få til å bedømme.
verdict-few-denominator = For få til å bedømme: færre enn 30 å se på.
verdict-few-expected = For få til å bedømme: for få var ventet.
verdict-few-doctors = Kan ikke bedømmes: for få leger å sammenligne med.
verdict-few-unreliable = For usikkert til å bedømme: tilfeldighetene i tallet ditt er for store ved siden av forskjellene mellom leger her.
verdict-typical = Som hos leger flest: her ligger også den typiske legen et stykke fra det ventede.
verdict-not-comparable = Bedømmes ikke: arbeidet ditt er av et annet slag enn det tallet er laget for.
verdict-duty-work = Bedømmes ikke: du har også legevakt. Antibiotika uten kjent arbeidssted er holdt utenfor, så tallet er for lavt til å sammenlignes med andres.
verdict-part-of-period = Bedømmes ikke: du var i arbeid i { $active } av { $months } måneder og hadde listen i { $list }. Tall per listepasient kan da ikke sammenlignes.
verdict-brief-no-expected = Ikke noe ventet tall
verdict-brief-too-few = For få til å bedømme
verdict-brief-uncertain = For usikkert til å bedømme
verdict-brief-as-expected = Som ventet
verdict-brief-clearly-lower = Klart lavere
verdict-brief-clearly-higher = Klart høyere
verdict-brief-probably-lower = Trolig lavere
verdict-brief-probably-higher = Trolig høyere
heading-expected = Ditt antall og det ventede
expected-lead = Ventet er det antallet leger i hele landet ville hatt med { $basis }, så langt dataene kjenner dem. Forhold 1 er akkurat som ventet.
table-observed = Observert
table-interval = 95 %-intervall
table-verdict = Mot ventet
ratio-title = Mot det ventede
ratio-desc = { $name }. Forhold mellom ditt antall og det ventede: { $ratio }. { $limits } { $verdict }
ratio-limits = Ved tilfeldighet og vanlige forskjeller mellom leger ligger 998 av 1000 mellom { $low } og { $high }.
ratio-half = halvparten
ratio-same = som ventet
ratio-double = det dobbelte
chart-key-limits = vanlig mellom leger: 998 av 1000 ligger her

## Flere å sammenligne med
similar = Lignende pasienter
course-group = Kursgruppen
practice = Praksisen
whole-country = hele landet
stands-in = i stedet for { $group }, som er for liten til å vises
stands-in-practice = praksisen
stands-in-course-group = kursgruppen
stands-in-similar = leger med lignende pasienter
stands-in-municipality = kommunen
stands-in-county = fylket

## Sikkerhet
heading-safety = Er det trygt å la være?
safety-lead = Hva som skjedde de neste { $days } dagene når du begynte uten antibiotika, og når du begynte med. Tallene viser sammenfall, ikke årsak: de som får antibiotika, er ofte sykere fra før.
safety-without = Av dine { $episodes } tilfeller av { $name } uten antibiotika kom { $back } tilbake for det samme ({ $share }; { $country }).
safety-with = Av { $episodes } med antibiotika kom { $back } tilbake ({ $share }; { $country }).
safety-few-without = Uten antibiotika: { $episodes }, og { $back } kom tilbake. For få til å regne ut en andel.
safety-few-with = Med antibiotika: { $episodes }, og { $back } kom tilbake. For få til å regne ut en andel.
safety-nobody = ingen
safety-nobody-without = Uten antibiotika: ingen tilfeller som kunne følges.
safety-nobody-with = Med antibiotika: ingen tilfeller som kunne følges.
safety-unknown-without = Uten antibiotika: { $reason }
safety-unknown-with = Med antibiotika: { $reason }
safety-country = landet { $share }
safety-country-kept = landets tall vises ikke, av hensyn til enkeltpasienter
safety-country-few = landet har for få til en andel
safety-country-missing = landets tall finnes ikke
safety-chance = Forskjellen fra landet kan være tilfeldig.
safety-fewer = Klart færre enn i landet.
safety-more = Klart flere enn i landet; tallet sier ikke hvorfor.
safety-admitted = { $count ->
    [0] Ingen ble innlagt ({ $country }).
   *[other] { $number } ble innlagt ({ $country }).
  }
safety-no-admissions = Innleggelser er ikke levert, så ingen vet hvor mange som ble innlagt. Det betyr ikke at det var ingen.
safety-none = Du hadde ingen tilfeller av disse infeksjonene i perioden.
safety-not-told = Denne utgaven forteller ikke hva som skjedde etter kontaktene.
missing-no-admissions = Innleggelser er ikke levert.
missing-no-expected = Uten et ventet tall er det ikke noe nivå å regne ut.
missing-days = Dagene før eller etter er ikke levert.
area-unit-percent = prosent av { $among }
area-missing-nobody = Ingen lege med rapport i området har slike kontakter eller utleveringer i perioden.
area-missing-other = Kan ikke regnes ut for et område.

## Råd mens du skrev ut
heading-advised = Råd mens du skrev ut
advised-lead = Råd fra retningslinjen som journalsystemet viste deg, og hva du svarte. Å velge noe annet kan være riktig. Dette står bare i din egen rapport, og ingen pasient er med.
advised-name = Råd du svarte på, som du tok imot
advised-months = Vi har tall for { $months } av { $of } måneder. Om de andre vet vi ingenting.
advised-unnamed = Noen råd ble vist uten at journalsystemet sa hvem som så dem. De er ikke regnet med, men kan ha vært vist deg.
advised-nothing-shown = Vi kjenner ikke til at du har fått vist noe råd.
advised-nothing-answered = Råd som ble vist deg: { $shown }. Du svarte ikke på noen av dem, så vi vet ikke hva du valgte.
advised-answered = Råd som ble vist deg: { $shown }. Du svarte på { $answered }: { $accepted } tok du imot, ved { $overridden } valgte du noe annet.
advised-share = Du tok imot { $share } av rådene du svarte på (95 % usikkerhet: { $low } til { $high }). Råd uten svar er ikke regnet med.
advised-few = For få svar til å regne ut en andel.
advised-reasons = Grunner da du valgte noe annet: { $reasons }.
advised-reason = { $reason } ({ $cards })
advised-no-reason = Ingen grunn oppgitt
advised-rules = Du valgte oftest noe annet ved: { $rules }.
advised-rule = { $rule } ({ $overridden } av { $answered } svar)
advised-safety = Sikker bruk
advised-offer = når antibiotika er aktuelt
advised-wait = vent-og-se-resept
advised-none = som regel uten antibiotika
advised-test = prøve før behandling
advised-refer = innleggelse eller henvisning

## Mål og plan
heading-effort = Her teller innsatsen din mest
effort-lead = Der en ny vane ville endret flest avgjørelser. Ikke nødvendigvis der du skiller deg mest ut.
effort-none = Ingen av målene peker seg ut: det er for lite å bedømme, eller du er på nivået alt. Velg gjerne selv.
effort-nothing-judged = Ingen av tallene dine kan bedømmes, så ingen av målene peker seg ut. Velg gjerne selv.
heading-plan = Ditt mål og din plan
plan-lead = Forslagene er bare et utgangspunkt: skriv om eller stryk. Det du skriver her, verken sendes eller lagres. Skriv ut siden for å ta vare på det.
plan-lead-paper = Forslagene er bare et utgangspunkt. Skriv ditt eget på linjene.
plan-goal = Målet mitt
plan-then = Når dette skjer, gjør jeg dette
plan-again = Jeg ser på det igjen (måned)
plan-with = Jeg snakker om det med
plan-suggestion = Forslag: { $text }
plan-goal-fewer = { $name }: { $decisions } færre { $counted } på en like lang periode.
plan-goal-more = { $name }: { $decisions } flere { $counted } på en like lang periode.
plan-goal-keep = { $name }: holde { $value }.
plan-then-decision = Hvis jeg er i tvil om antibiotika trengs, forklarer jeg det vanlige forløpet og avtaler når pasienten skal ta kontakt igjen.
plan-then-choice = Hvis jeg vil velge noe annet enn førstevalget i retningslinjen, slår jeg opp først og noterer hvorfor.
plan-then-length = Hvis jeg skriver ut en kur, velger jeg lengden i retningslinjen og noterer hvorfor om jeg avviker.
plan-then-volume = Hvis noen ber om antibiotika uten å bli undersøkt, avklarer jeg først om pasienten bør undersøkes.
plan-then-record = Hvis jeg skriver ut antibiotika, setter jeg diagnosen på resepten.

## Samtale i gruppen
heading-guide = Til samtalen i kursgruppen
guide-lead = Tre åpne spørsmål, valgt etter tallene i denne rapporten. Ingen trenger å vise tallene sine.
guide-think = Tenk på «{ $name }».
guide-decision = Når er det vanskeligst å la være, og hva har hjulpet dere da?
guide-choice = Når velger dere noe annet enn førstevalget, og hva avgjør det?
guide-length = Hva får dere til å velge en lengre eller kortere kur enn retningslinjen sier?
guide-volume = Hva i arbeidsdagen virker mest inn på dette tallet, og hva rår dere over?
guide-record = Når blir diagnosen ikke med på resepten, og hva ville gjort det lettere?
guide-last = Hva vil gruppen prøve til neste gang, og hvordan vil dere se om det virket?
guide-notes = Det vi ble enige om

## Kilder og forbehold
source-period = Periode
source-previous = Perioden før: { $period }.
source-cut = Siste utlevering i dataene er { $day }.
source-from = Kilder: { $sources }.
source-lmr = Legemiddelregisteret
source-kpr = Kommunalt pasient- og brukerregister
source-kuhr = Kontroll og utbetaling av helserefusjoner
source-flo = fastlegelister
source-link = Kobling
source-link-text = Av dine { $total } rader med utleveringer av antibiotika er { $contact } koblet til en kontakt 0–7 dager før, { $prescription } har diagnose på resepten, og { $unlinked } er uten kobling.
source-link-distance = Av de koblede ble { $same-day } utlevert samme dag som kontakten og { $within-three } innen tre dager.
source-link-agreement = Med både diagnose på resepten og kontakt ({ $compared }) sier kontakten det samme for { $same } og noe annet for { $other }; da teller resepten.
source-link-waiting = Av { $told } som sier om resepten skulle vente, er { $waiting } vent-og-se-resepter; { $later } ble hentet en senere dag.
source-link-all = I hele datagrunnlaget: { $prescription } med diagnose fra resepten, { $contact } fra en kontakt, { $unlinked } uten kobling.
source-no-link = Uten kontakter eller pasienter i kilden er ingenting koblet.
source-complete = Kompletthet
source-complete-text = Utleveringer finnes for { $dispensings } av { $months } måneder, kontakter for { $contacts }.
source-rows = Av { $delivered } leverte rader telte { $kept } med. { $ballast } gjaldt andre legemidler eller ikke mennesker, { $refused } ble avvist og { $cancelled } var annullert.
source-dual = Liste og legevakt
source-dual-text = { $count ->
    [one] { $number } utlevering uten kobling er holdt utenfor tall per listepasient, fordi du også har hatt legevakt.
   *[other] { $number } utleveringer uten kobling er holdt utenfor tall per listepasient, fordi du også har hatt legevakt.
  }
source-few = Få tilfeller
source-few-text = Under 10 vises bare antallet. Under 30 (for rater: der færre enn 20 kunne ventes) sammenlignes det ikke. Gruppetall bygger på minst fem leger.
source-benchmark = Beste fjerdedel
source-benchmark-text = Grensen til den beste fjerdedelen: en fjerdedel av legene i landet ligger der eller bedre. Et nivå å strekke seg mot, ikke et krav.
source-benchmark-own-text = Det den beste fjerdedelen av legene i landet når, renset for tilfeldighet og regnet om til dine pasienter. Et nivå å strekke seg mot, ikke et krav.
source-verdict = Mot det ventede
source-verdict-text = Ventet er det antallet leger i hele landet ville hatt med { $basis }, så langt dataene kjenner dem: diagnosegruppe, alder, kjønn, arbeidssted, e-konsultasjon og måned. «Klart» sies bare når verken tilfeldighet eller vanlige forskjeller mellom leger forklarer tallet.
source-definitions = Definisjoner
source-edition = Utgave { $edition }.
source-explain = Hvordan hvert tall er laget, står i portalen på siden «Slik er tallene laget».
source-wrong = Noe som ikke stemmer? Fravær, vikar eller feil rekvirent kan rettes i kilden.
limit-no-patients = Kilden har ikke pasienter: verken brukere, alder, kjønn eller kobling.
limit-no-contacts = Kilden har ikke kontakter: verken diagnoser eller arbeidssted.
limit-no-practice-lists = Listelengde er ikke levert.
limit-no-inhabitants = Folketall er ikke levert.
limit-first-week = Måneden før perioden mangler, så koblingene den første uken er ufullstendige.
limit-last-week = Måneden etter perioden mangler, så kontakter den siste uken kan mangle antibiotikumet sitt.
limit-contacts-partial = Kontakter er levert for bare noen av månedene i perioden, så det som trenger dem, kan ikke regnes ut.
limit-lists-partial = Pasientlister er levert for bare noen av månedene i perioden, så det som trenger dem, kan ikke regnes ut.
limit-months-missing = Noen måneder i perioden er uten utleveringer.
limit-no-previous = Perioden før mangler helt eller delvis.

## Roller
role-gp = fastlege
role-locum = vikar
role-out-of-hours = legevaktslege
role-nursing-home = sykehjemslege
role-hospital = sykehuslege
role-dentist = tannlege
role-practice = praksis
role-other = lege

## Oversikt
index-title = Antibiotikarapporter
index-lead = Én rapport per lege, sortert etter nummer. Rekkefølgen sier ingenting om praksis.
index-count = { $count ->
    [one] { $number } rapport
   *[other] { $number } rapporter
  }
index-number = Nummer
index-role = Rolle
index-municipality = Kommune
index-report = Rapport
index-open = Åpne
index-pdf = PDF
index-caption = Rapportene i utgaven

## Måneder
month-1 = januar
month-2 = februar
month-3 = mars
month-4 = april
month-5 = mai
month-6 = juni
month-7 = juli
month-8 = august
month-9 = september
month-10 = oktober
month-11 = november
month-12 = desember

## Oppfølging etter kurs
follow-title = Oppfølging etter kurs
follow-of = Oppfølging etter kurset { $day }: { $whose }
follow-everybody = alle som deltok
follow-group = kursgruppe { $name }
follow-county = { $name } fylke
follow-own = legen med HPR-nummer { $id }
follow-months = { $after } ved siden av de samme månedene året før, { $before }.
follow-took-part = Deltok: { $number }.
follow-not-in-edition = Uten rapport i denne utgaven, og derfor ikke fulgt: { $ids }.
follow-not-members = Ikke medlem på kursdagen, og derfor ikke fulgt: { $ids }.
follow-dual-role = Både liste og legevakt: { $number }. De er holdt utenfor tall per listepasient.
follow-others = Hadde kurs i de samme to årene, og er ingens sammenligning: { $number }.
follow-values = { $before } før, { $after } etter; { $expected } var å vente uten kurs.
follow-effect-lower = { $relative } lavere, relativt til sammenlignbare leger (95 %-intervall { $lower } til { $upper }).
follow-effect-higher = { $relative } høyere, relativt til sammenlignbare leger (95 %-intervall { $lower } til { $upper }).
follow-clear-better = Bedre, og klart mer enn tilfeldig.
follow-clear-worse = Dårligere, og klart mer enn tilfeldig.
follow-clear = En endring, og klart mer enn tilfeldig.
follow-possible-better = Peker mot bedre, men kan fortsatt være tilfeldig.
follow-possible-worse = Peker mot dårligere, men kan fortsatt være tilfeldig.
follow-possible = Peker mot en endring, men kan fortsatt være tilfeldig.
follow-not-told = Ingen klar forskjell fra sammenlignbare leger: den som er, kan være tilfeldig.
follow-basis = Med kurs: { $doctors }. Sammenlignbare, uten kurs: { $comparable }.
follow-absent = Måneder uten kontakt og uten antibiotika teller ikke, og heller ikke samme måned året før eller etter. Utelatt: { $number }.
follow-few-months = Utelatt, borte eller ny i mer enn halvparten av månedene: { $number }.
follow-nobody-comparable = Utelatt, ingen å sammenligne med: { $number }.
follow-not-about = Utelatt, tallet gjelder ikke arbeidet deres: { $number }.
follow-kept-few = Holdt tilbake: færre enn fem leger.
follow-kept-one = Holdt tilbake: én lege har mer enn halvparten.
follow-kept-cell = Holdt tilbake: få pasienter, eller én leges tall kunne regnes ut.
follow-nobody-left = Kan ikke sies: ingen kurslege var aktiv i nok måneder.
follow-few-comparable = Kan ikke sies: for få sammenlignbare leger uten kurs (høyst { $found } funnet, minst { $least } trengs).
follow-few-events = Kan ikke sies: for få til å skille en endring fra tilfeldigheter.
follow-none-left = Kan ikke sies: alt eller ingenting etter kurset.
follow-no-line = Kan ikke sies: sammenlignbare leger er for uregelmessige.
follow-how = Slik: hver kurslege settes ved siden av inntil tjue leger med samme type arbeid og omtrent samme nivå før, som ikke hadde kurs i disse to årene. Det de gjorde i de samme månedene, er det som var å vente; årstid, trend og tilbakegang fra et uvanlig høyt eller lavt år er med i det. Intervallet bygger på forskjellene mellom leger.
follow-table = Hva som kan sies, mål for mål
follow-before = Før
follow-after = Etter
follow-expected = Å vente
follow-difference = Relativ forskjell
follow-interval = 95 %-intervall
follow-range = { $lower } til { $upper }
follow-answer = Svar
follow-decides = Forskjellen med sitt intervall avgjør. Kurven viser bare månedene rundt sin egen median: den vet ikke hva som var å vente etter et uvanlig år, og har ikke noe intervall.
follow-nobody-near = Kan ikke sies: for få leger uten kurs på samme nivå før (minst { $least } trengs).
follow-other-setting = Gjelder et annet arbeidssted.
follow-no-list = Ingen pasientliste i perioden.
follow-untold = Det som ikke kan sies
follow-holds-for = { $reason } Gjelder: { $names }.
follow-guide-lead = Tre åpne spørsmål, valgt etter svarene over. Ingen trenger å vise tallene sine.
run-title = Run-diagram
run-axis = Måned for måned, i prosent av sammenlignbare leger
run-course = Kurs
run-median = Median før: { $median }
run-signal = Månedene viser et skifte som tilfeldigheter ikke gir: { $longest } på rad på samme side (høyst { $longest-limit } ventet), { $crossings } kryssinger (minst { $crossings-limit } ventet).
run-no-signal = Månedene varierer som tilfeldigheter gjør: { $longest } på rad på samme side (høyst { $longest-limit } ventet), { $crossings } kryssinger (minst { $crossings-limit } ventet).
run-desc = { $name }, { $first } til { $last }. { $told }
follow-without-report = Uten rapport i denne utgaven, og derfor ikke fulgt: { $number }.
run-meetings = Strekene med tall er møte 2 og 3.
certificate-title = Kursbevis
certificate-doctor = Legen med HPR-nummer { $value } har fullført kurset
certificate-meetings = Kursmøter med registrert oppmøte
certificate-meeting = Møte
certificate-number = Møte { $value }
certificate-day = Dato
certificate-place = Sted
certificate-tests = E-læring med bestått prøve
certificate-test = Modul
certificate-passed = Bestått
certificate-result = Beste resultat
certificate-right = { $right } av { $questions } riktige
certificate-fulfilled = Alle krav var oppfylt { $value }.
certificate-name = Legens navn
certificate-own-signature = Dato og underskrift, lege
certificate-leader-signature = Dato og underskrift, kursleder
certificate-rests-on = Kursbeviset bygger på oppmøtet som kurslederen har registrert, og på prøvene legen selv har tatt i tjenesten. Innloggingen oppgir HPR-nummer og ikke navn; navnet føres derfor på for hånd.

## Legene i en gruppe som prikker
dots-title = Legene i gruppen, én prikk for hver
dots-under = under { $edge }
dots-between = { $low } til { $high }
dots-over = { $edge } eller mer
dots-spread = { $few } av { $all } leger ligger under { $below }. { $many } ligger på { $above } eller mer.
dots-few = Prikkene kan ikke vises: færre enn ti i gruppen har nok å telle til at tallet kan sammenlignes.
dots-one-place = Prikkene kan ikke vises: legene ligger så nær hverandre, eller er så få, at de ytterste kunne kjennes igjen.
dots-not-told = { $state }. { $why }

## Hvordan ett tall er laget
made-window = { $period }: { $months }
made-drugs = Legemidler (ATC)
made-not-drugs = Ikke disse legemidlene
made-every-antibiotic = alle antibiotika
made-aware = AWaRe-gruppe
made-route = Gitt
made-route-oral = gjennom munnen
made-route-parenteral = som injeksjon eller infusjon
made-route-rectal = i endetarmen
made-route-inhalation = inhalert
made-route-topical = på hud, øye, øre eller slimhinne
made-diagnoses = Diagnoser
made-not-diagnoses = Ikke disse diagnosene
made-linked = Kobling
made-linked-after = antibiotikum utlevert 0–{ $days } dager etter kontakten
made-linked-diagnosis = diagnosen står på resepten, eller på en kontakt 0–{ $days } dager før utleveringen
made-linked-prescription = diagnosen står på resepten
made-linked-not = uten kjent diagnose
made-settings = Arbeidssted
made-setting-unknown = ukjent (utlevering uten kobling)
made-setting-gp = fastlegepraksis
made-setting-ooh = legevakt
made-setting-nursing-home = sykehjem
made-forms = Kontakter
made-form-unknown = ukjent form
made-form-consultation = konsultasjon
made-form-e-consultation = e-konsultasjon
made-form-home-visit = sykebesøk
made-form-simple = enkel kontakt
made-people = Pasienter
made-women = kvinner
made-men = menn
made-sex-unknown = ukjent kjønn
made-years = { $from }–{ $to } år
made-years-not = ikke { $from }–{ $to } år
made-course = Kur
made-course-known = med kjent mengde og en døgndose i retningslinjen
made-course-days = høyst { $days } dager med retningslinjens døgndose, med { $slack } % slakk for pakningen
made-course-at-most = høyst { $limits } (døgndoser eller enheter)
made-course-more-than = mer enn { $limits } (døgndoser eller enheter)
made-left-dual-role = Har en lege både liste og legevakt, er utleveringer uten kjent arbeidssted ikke med.
made-left-unknown-person = Pasienter med ukjent alder eller kjønn er ikke med.
made-left-out-of-hours = Arbeid på legevakt og sykehjem er ikke med.
made-years-from = { $from } år og eldre
made-years-not-from = ikke { $from } år og eldre
