# Orda i rapporten, nynorsk. Same nøklar i nb.ftl og en.ftl; testane passar på.

## Side og overskrifter
title = Antibiotikarapporten din
title-of = Antibiotikarapport for { $id }, { $period }
skip = Gå til innhaldet
synthetic = Oppdikta data. Ingen tal her gjeld verkelege legar eller pasientar.
synthetic-short = Oppdikta data
number-hpr = HPR-nummer { $id }
number-practice = Praksis { $id }
heading-first = Kort fortalt
heading-charts = Alle tala dine
heading-more = Fleire tal
table-more = Dei andre tala dine
heading-population = Befolkninga der du arbeider
heading-absent = Tal som ikkje kan visast for deg
heading-source = Slik er tala laga
lead = Kvart tal står ved sida av ditt eige førre år, kollegaene og eit nivå som den beste fjerdedelen av legane når. Små skilnader kan vere tilfeldige.
print-page = Side { $page } av { $pages }
and = og
list-patients = { $count } listepasientar
contacts = { $count } kontaktar
dispensings = { $count } utleveringar av antibiotika

## Det som blir samanlikna
you = Du
previous = Året før
municipality = Kommunen
county = Fylket
country = Landet
benchmark = Beste fjerdedel
table-who = Kven
table-value = Verdi
table-basis = Grunnlag
table-indicator = Mål
table-by-month = Tal for kvar månad
table-caption = { $name }: tala bak figurane
doctors = { $count ->
    [one] { $number } lege
   *[other] { $number } legar
  }
deciles-row = Dei åtte midtarste av ti legar
deciles-range = { $low } til { $high }

## Retning, eining, mengd
direction-lower = Lågare er betre
direction-higher = Høgare er betre
direction-neutral = Til orientering
left-out = Merk: { $note }
unit-per-1000 = per 1000 { $among }
unit-per-100 = per 100 { $among }
unit-per = per { $among }
counts = { $numerator } av { $denominator }
counts-per = { $numerator } { $counted } på { $denominator } { $among }
over-months = over { $months }
months = { $count ->
    [one] { $number } månad
   *[other] { $number } månader
  }
zero = Ingen av { $denominator }
zero-group = Målt til null

## Når det ikkje finst noko tal
state-missing = Finst ikkje
state-too-few = For få
row-too-few = For få til å samanlikne
state-suppressed = Halde tilbake
missing-no-patients = Kjelda har ikkje pasientar, så dette kan ikkje reknast ut.
missing-no-contacts = Kjelda har ikkje kontaktar med diagnosar for heile perioden, så dette kan ikkje reknast ut.
missing-no-practice-lists = Listelengd er ikkje levert.
missing-no-inhabitants = Folketal er ikkje levert.
missing-no-period = Månadene finst ikkje i dataa.
missing-other-setting = Gjeld ein annan arbeidsstad enn din.
missing-no-own-list = Du hadde inga pasientliste i perioden.
missing-population-only = Skildrar ei befolkning, ikkje ein lege.
missing-prescriber-only = Skildrar ein lege, ikkje ei befolkning.
missing-no-quantities = Kjelda har ikkje mengder, så dette kan ikkje reknast ut.
missing-other-code-system = Kjelda kodar legemiddel på ein annan måte enn denne indikatoren.
missing-no-waiting = Inga utlevering seier om resepten skulle vente.
missing-no-prescribed-diagnoses = Ikkje alle utleveringar har med diagnosen på resepten.
missing-nothing-to-count = Ingen slike kontaktar eller utleveringar i perioden.
missing-no-group = Inga slik gruppe er kjend for deg.
suppressed-fewer-than-five = Færre enn fem legar i gruppa.
suppressed-one-dominates = Éin lege står for over halvparten.
suppressed-few-people = Færre enn fem personar.
suppressed-other-group = Få personar, eller ei anna gruppe kunne reknast ut av talet.
suppressed-few-peers = Færre enn ti legar å samanlikne.

## Kva skal til
goal-fewer = { $decisions } færre { $counted } ville gitt { $benchmark } eller lågare, som i den beste fjerdedelen.
goal-more = { $decisions } fleire { $counted } ville gitt { $benchmark } eller høgare, som i den beste fjerdedelen.
goal-reached = Du er på nivå med den beste fjerdedelen ({ $benchmark }). Hald fram slik.
goal-own-fewer = { $decisions } færre { $counted } ville gitt { $benchmark } eller lågare, som den beste fjerdedelen med pasientar som dine.
goal-own-more = { $decisions } fleire { $counted } ville gitt { $benchmark } eller høgare, som den beste fjerdedelen med pasientar som dine.
goal-own-reached = Du er på nivå med den beste fjerdedelen ({ $benchmark } med pasientar som dine). Hald fram slik.
goal-out-of-reach = Nivået til den beste fjerdedelen kan ikkje nåast med eit heilt tal endringar her.
goal-alike = Dei fleste legar har { $benchmark } her, så det er ingen beste fjerdedel å strekkje seg mot.
goal-neutral = Til orientering. Her er verken høgt eller lågt best.
goal-too-few = For få til å seie noko om skilnader.
goal-too-few-shown = For få til å rekne ut ein prosentdel.
goal-no-benchmark = Nivået til den beste fjerdedelen kan ikkje visast her.
target-foreign = Mål i eit anna land, til orientering: { $value } ({ $source })
target-national = Nasjonalt mål: { $value } ({ $source })

## Figurar
chart-previous-window = Førre: { $value }
chart-own-window = No: { $value }
chart-no-own = Ingen verdi å vise for deg
chart-no-spread = Spreiinga mellom legane kan ikkje visast
chart-no-spread-short = Blir ikkje vist
chart-no-trend = Månadene kan ikkje visast
chart-key-own = du (open ring: for få til å samanlikne)
chart-key-previous = deg, perioden før
chart-key-municipality = kommunen
chart-key-county = fylket
chart-key-country = landet
chart-key-benchmark = den beste fjerdedelen, skravert: dit eller betre
chart-key-target = mål i eit anna land
chart-key-dots = legar med liknande pasientar (eller alle), samla i prikkar: større dess fleire
chart-key-spread = åtte av ti legar, strek for kvar tidel
chart-key-months = kvar månad
strip-title = Kvar du ligg
strip-desc = { $name }. { $direction }. { $values }.
trend-title = Utvikling
trend-desc = { $name }, månad for månad frå { $first } til { $last }. { $values }.
value-of = { $who }: { $value }
value-of-counts = { $who }: { $value } ({ $counts })
decile-values = Åtte av ti legar: { $low } til { $high }

## Venta av eigne kontaktar, og dommen
lead-expected = Kvart tal står ved sida av det som var venta: det legar i landet ville hatt med { $basis }.
basis-contacts = kontaktane og pasientane dine
basis-patients = pasientane dine
table-says = Kva talet seier
crude-summary = Året før og andre legar, utan omsyn til kven pasientane er
expected = Venta
expected-value = Venta hos pasientane dine: { $value } ({ $counts })
expected-counts = Venta hos pasientane dine: { $counts }
expected-none = Ikkje noko venta tal: { $reason }
expected-not-told = Denne utgåva fortel ikkje kva som var venta av kontaktane dine.
no-expected-no-figure = du har ingen eigne tal her.
no-expected-no-units = du hadde ingen slike kontaktar eller utleveringar.
no-expected-population = det skildrar ei befolkning, ikkje kontaktane dine.
no-expected-amounts = målet er ei mengd, ikkje ei teljing, så tilfeldigheita har ingen kjend storleik.
no-expected-nothing-in-common = det som blir talt, og det det blir talt blant, har ingen kjende kjenneteikn felles.
no-expected-too-few-in-country = det skjer for sjeldan i landet.
no-expected-not-comparable = talet kan ikkje samanliknast med talet til andre.
ratio = Forhold
ratio-interval = 95 %-intervall { $low } til { $high }
verdict-clearly-better-lower = Klart lågare enn venta, og lågare er betre. Verdt å halde fast ved.
verdict-clearly-better-higher = Klart høgare enn venta, og høgare er betre. Verdt å halde fast ved.
verdict-probably-better-lower = Truleg lågare enn venta, og lågare er betre.
verdict-probably-better-higher = Truleg høgare enn venta, og høgare er betre.
verdict-as-expected = Kan ikkje skiljast frå det venta: skilnaden kan vere tilfeldig.
verdict-usual-spread = Som venta: skilnaden er ikkje større enn den som er vanleg mellom legar med slike pasientar.
verdict-probably-worse-lower = Truleg høgare enn venta, der lågare er betre.
verdict-probably-worse-higher = Truleg lågare enn venta, der høgare er betre.
verdict-clearly-worse-lower = Klart høgare enn venta, der lågare er betre. Verken tilfeldigheiter eller vanlege skilnader mellom legar forklarer det.
verdict-clearly-worse-higher = Klart lågare enn venta, der høgare er betre. Verken tilfeldigheiter eller vanlege skilnader mellom legar forklarer det.
verdict-why-usual-spread = Skilnaden er meir enn tilfeldig, men legar med slike pasientar er så ulike at han kan vere vanleg.
verdict-why-many-doctors = Få legar ligg så langt frå det venta, men blant så mange vil nokon gjere det uansett.
verdict-too-few = For få til å vurdere.
verdict-few-denominator = For få til å vurdere: færre enn 30 å sjå på.
verdict-few-expected = For få til å vurdere: for få var venta.
verdict-few-doctors = Kan ikkje vurderast: for få legar å samanlikne med.
verdict-few-unreliable = For usikkert til å vurdere: tilfeldigheitene i talet ditt er for store ved sida av skilnadene mellom legar her.
verdict-typical = Som hos legar flest: her ligg også den typiske legen eit stykke frå det venta.
verdict-not-comparable = Blir ikkje vurdert: arbeidet ditt er av eit anna slag enn det talet er laga for.
verdict-duty-work = Blir ikkje vurdert: du har også legevakt. Antibiotika utan kjend arbeidsstad er haldne utanfor, så talet er for lågt til å samanliknast med talet til andre.
verdict-part-of-period = Blir ikkje vurdert: du var i arbeid i { $active } av { $months } månader og hadde lista i { $list }. Tal per listepasient kan då ikkje samanliknast.
verdict-brief-no-expected = Ikkje noko venta tal
verdict-brief-too-few = For få til å vurdere
verdict-brief-uncertain = For usikkert til å vurdere
verdict-brief-as-expected = Som venta
verdict-brief-clearly-lower = Klart lågare
verdict-brief-clearly-higher = Klart høgare
verdict-brief-probably-lower = Truleg lågare
verdict-brief-probably-higher = Truleg høgare
heading-expected = Talet ditt og det venta
expected-lead = Venta er det talet legar i heile landet ville hatt med { $basis }, så langt dataa kjenner dei. Forhold 1 er akkurat som venta.
table-observed = Observert
table-interval = 95 %-intervall
table-verdict = Mot venta
ratio-title = Mot det venta
ratio-desc = { $name }. Forhold mellom talet ditt og det venta: { $ratio }. { $limits } { $verdict }
ratio-limits = Med tilfeldigheiter og vanlege skilnader mellom legar ligg 998 av 1000 mellom { $low } og { $high }.
ratio-half = halvparten
ratio-same = som venta
ratio-double = det doble
chart-key-limits = vanleg mellom legar: 998 av 1000 ligg her

## Fleire å samanlikne med
similar = Liknande pasientar
course-group = Kursgruppa
practice = Praksisen
whole-country = heile landet
stands-in = i staden for { $group }, som er for liten til å visast
stands-in-practice = praksisen
stands-in-course-group = kursgruppa
stands-in-similar = legar med liknande pasientar
stands-in-municipality = kommunen
stands-in-county = fylket

## Tryggleik
heading-safety = Er det trygt å la vere?
safety-lead = Kva som skjedde dei neste { $days } dagane når du byrja utan antibiotika, og når du byrja med. Tala viser samanfall, ikkje årsak: dei som får antibiotika, er ofte sjukare på førehand.
safety-without = Av dei { $episodes } tilfella dine av { $name } utan antibiotika kom { $back } tilbake for det same ({ $share }; { $country }).
safety-with = Av { $episodes } med antibiotika kom { $back } tilbake ({ $share }; { $country }).
safety-few-without = Utan antibiotika: { $episodes }, og { $back } kom tilbake. For få til å rekne ut ein prosentdel.
safety-few-with = Med antibiotika: { $episodes }, og { $back } kom tilbake. For få til å rekne ut ein prosentdel.
safety-nobody = ingen
safety-nobody-without = Utan antibiotika: ingen tilfelle som kunne følgjast.
safety-nobody-with = Med antibiotika: ingen tilfelle som kunne følgjast.
safety-unknown-without = Utan antibiotika: { $reason }
safety-unknown-with = Med antibiotika: { $reason }
safety-country = landet { $share }
safety-country-kept = talet for landet blir ikkje vist, av omsyn til enkeltpasientar
safety-country-few = landet har for få til ein prosentdel
safety-country-missing = talet for landet finst ikkje
safety-chance = Skilnaden til landet kan vere tilfeldig.
safety-fewer = Klart færre enn i landet.
safety-more = Klart fleire enn i landet; talet seier ikkje kvifor.
safety-admitted = { $count ->
    [0] Ingen vart innlagde ({ $country }).
   *[other] { $number } vart innlagde ({ $country }).
  }
safety-no-admissions = Innleggingar er ikkje leverte, så ingen veit kor mange som vart innlagde. Det tyder ikkje at det var ingen.
safety-none = Du hadde ingen tilfelle av desse infeksjonane i perioden.
safety-not-told = Denne utgåva fortel ikkje kva som skjedde etter kontaktane.
missing-no-admissions = Innleggingar er ikkje leverte.
missing-no-expected = Utan eit venta tal er det ikkje noko nivå å rekne ut.
missing-days = Dagane før eller etter er ikkje leverte.
area-unit-percent = prosent av { $among }
area-missing-nobody = Ingen lege med rapport i området har slike kontaktar eller utleveringar i perioden.
area-missing-other = Kan ikkje reknast ut for eit område.

## Råd medan du skreiv ut
heading-advised = Råd medan du skreiv ut
advised-lead = Råd frå retningslinja som journalsystemet viste deg, og kva du svara. Å velje noko anna kan vere rett. Dette står berre i din eigen rapport, og ingen pasient er med.
advised-name = Råd du svara på, som du tok imot
advised-months = Vi har tal for { $months } av { $of } månader. Om dei andre veit vi ingenting.
advised-unnamed = Nokre råd vart viste utan at journalsystemet sa kven som såg dei. Dei er ikkje rekna med, men kan ha vore viste deg.
advised-nothing-shown = Vi kjenner ikkje til at du har fått vist noko råd.
advised-nothing-answered = Råd som vart viste deg: { $shown }. Du svara ikkje på nokon av dei, så vi veit ikkje kva du valde.
advised-answered = Råd som vart viste deg: { $shown }. Du svara på { $answered }: { $accepted } tok du imot, ved { $overridden } valde du noko anna.
advised-share = Du tok imot { $share } av råda du svara på (95 % uvisse: { $low } til { $high }). Råd utan svar er ikkje rekna med.
advised-few = For få svar til å rekne ut ein del.
advised-reasons = Grunnar då du valde noko anna: { $reasons }.
advised-reason = { $reason } ({ $cards })
advised-no-reason = Ingen grunn oppgjeven
advised-rules = Du valde oftast noko anna ved: { $rules }.
advised-rule = { $rule } ({ $overridden } av { $answered } svar)
advised-safety = Trygg bruk
advised-offer = når antibiotika er aktuelt
advised-wait = vent-og-sjå-resept
advised-none = som regel utan antibiotika
advised-test = prøve før behandling
advised-refer = innlegging eller tilvising

## Mål og plan
heading-effort = Her tel innsatsen din mest
effort-lead = Der ein ny vane ville endra flest avgjerder. Ikkje nødvendigvis der du skil deg mest ut.
effort-none = Ingen av måla peikar seg ut: det er for lite å vurdere, eller du er alt på nivået. Vel gjerne sjølv.
effort-nothing-judged = Ingen av tala dine kan vurderast, så ingen av måla peikar seg ut. Vel gjerne sjølv.
heading-plan = Målet ditt og planen din
plan-lead = Framlegga er berre eit utgangspunkt: skriv om eller stryk. Det du skriv her, blir verken sendt eller lagra. Skriv ut sida for å ta vare på det.
plan-lead-paper = Framlegga er berre eit utgangspunkt. Skriv ditt eige på linjene.
plan-goal = Målet mitt
plan-then = Når dette skjer, gjer eg dette
plan-again = Eg ser på det igjen (månad)
plan-with = Eg snakkar om det med
plan-suggestion = Framlegg: { $text }
plan-goal-fewer = { $name }: { $decisions } færre { $counted } på ein like lang periode.
plan-goal-more = { $name }: { $decisions } fleire { $counted } på ein like lang periode.
plan-goal-keep = { $name }: halde { $value }.
plan-then-decision = Om eg er i tvil om antibiotika trengst, forklarer eg det vanlege forløpet og avtaler når pasienten skal ta kontakt igjen.
plan-then-choice = Om eg vil velje noko anna enn førstevalet i retningslinja, slår eg opp først og noterer kvifor.
plan-then-length = Om eg skriv ut ein kur, vel eg lengda i retningslinja og noterer kvifor om eg avvik.
plan-then-volume = Om nokon bed om antibiotika utan å bli undersøkt, avklarer eg først om pasienten bør undersøkjast.
plan-then-record = Dersom eg skriv ut antibiotika, set eg diagnosen på resepten.

## Samtale i gruppa
heading-guide = Til samtalen i kursgruppa
guide-lead = Tre opne spørsmål, valde etter tala i denne rapporten. Ingen treng å vise tala sine.
guide-think = Tenk på «{ $name }».
guide-decision = Når er det vanskelegast å la vere, og kva har hjelpt dykk då?
guide-choice = Når vel de noko anna enn førstevalet, og kva avgjer det?
guide-length = Kva får dykk til å velje ein lengre eller kortare kur enn retningslinja seier?
guide-volume = Kva i arbeidsdagen verkar mest inn på dette talet, og kva rår de over?
guide-record = Når kjem diagnosen ikkje med på resepten, og kva ville gjort det lettare?
guide-last = Kva vil gruppa prøve til neste gong, og korleis vil de sjå om det verka?
guide-notes = Det vi vart einige om

## Kjelder og atterhald
source-period = Periode
source-previous = Perioden før: { $period }.
source-cut = Siste utlevering i dataa er { $day }.
source-from = Kjelder: { $sources }.
source-lmr = Legemiddelregisteret
source-kpr = Kommunalt pasient- og brukarregister
source-kuhr = Kontroll og utbetaling av helserefusjonar
source-flo = fastlegelister
source-link = Kopling
source-link-text = Av dei { $total } radene dine med utleveringar av antibiotika er { $contact } kopla til ein kontakt 0–7 dagar før, { $prescription } har diagnose på resepten, og { $unlinked } er utan kopling.
source-link-distance = Av dei kopla vart { $same-day } utlevert same dag som kontakten og { $within-three } innan tre dagar.
source-link-agreement = Med både diagnose på resepten og kontakt ({ $compared }) seier kontakten det same for { $same } og noko anna for { $other }; då tel resepten.
source-link-waiting = Av { $told } som seier om resepten skulle vente, er { $waiting } vent-og-sjå-reseptar; { $later } vart henta ein seinare dag.
source-link-all = I heile datagrunnlaget: { $prescription } med diagnose frå resepten, { $contact } frå ein kontakt, { $unlinked } utan kopling.
source-no-link = Utan kontaktar eller pasientar i kjelda er ingenting kopla.
source-complete = Kor komplett
source-complete-text = Utleveringar finst for { $dispensings } av { $months } månader, kontaktar for { $contacts }.
source-rows = Av { $delivered } leverte rader talde { $kept } med. { $ballast } galdt andre legemiddel eller ikkje menneske, { $refused } vart avviste og { $cancelled } var annullerte.
source-dual = Liste og legevakt
source-dual-text = { $count ->
    [one] { $number } utlevering utan kopling er halden utanfor tal per listepasient, fordi du òg har hatt legevakt.
   *[other] { $number } utleveringar utan kopling er haldne utanfor tal per listepasient, fordi du òg har hatt legevakt.
  }
source-few = Få tilfelle
source-few-text = Under 10 blir berre talet på tilfelle vist. Under 30 (for ratar: der færre enn 20 kunne ventast) blir det ikkje samanlikna. Gruppetal byggjer på minst fem legar.
source-benchmark = Beste fjerdedel
source-benchmark-text = Grensa til den beste fjerdedelen: ein fjerdedel av legane i landet ligg der eller betre. Eit nivå å strekkje seg mot, ikkje eit krav.
source-benchmark-own-text = Det den beste fjerdedelen av legane i landet når, reinsa for tilfeldigheiter og rekna om til pasientane dine. Eit nivå å strekkje seg mot, ikkje eit krav.
source-verdict = Mot det venta
source-verdict-text = Venta er det talet legar i heile landet ville hatt med { $basis }, så langt dataa kjenner dei: diagnosegruppe, alder, kjønn, arbeidsstad, e-konsultasjon og månad. «Klart» blir berre sagt når verken tilfeldigheiter eller vanlege skilnader mellom legar forklarer talet.
source-definitions = Definisjonar
source-edition = Utgåve { $edition }.
source-explain = Korleis kvart tal er laga, står i portalen på sida «Slik er tala laga».
source-wrong = Noko som ikkje stemmer? Fråvær, vikar eller feil rekvirent kan rettast i kjelda.
limit-no-patients = Kjelda har ikkje pasientar: verken brukarar, alder, kjønn eller kopling.
limit-no-contacts = Kjelda har ikkje kontaktar: verken diagnosar eller arbeidsstad.
limit-no-practice-lists = Listelengd er ikkje levert.
limit-no-inhabitants = Folketal er ikkje levert.
limit-first-week = Månaden før perioden manglar, så koplingane den første veka er ufullstendige.
limit-last-week = Månaden etter perioden manglar, så kontaktar den siste veka kan mangle antibiotikumet sitt.
limit-contacts-partial = Kontaktar er leverte for berre nokre av månadene i perioden, så det som treng dei, kan ikkje reknast ut.
limit-lists-partial = Pasientlister er leverte for berre nokre av månadene i perioden, så det som treng dei, kan ikkje reknast ut.
limit-months-missing = Nokre månader i perioden er utan utleveringar.
limit-no-previous = Perioden før manglar heilt eller delvis.

## Roller
role-gp = fastlege
role-locum = vikar
role-out-of-hours = legevaktslege
role-nursing-home = sjukeheimslege
role-hospital = sjukehuslege
role-dentist = tannlege
role-practice = praksis
role-other = lege

## Oversyn
index-title = Antibiotikarapportar
index-lead = Éin rapport per lege, sortert etter nummer. Rekkjefølgja seier ingenting om praksis.
index-count = { $count ->
    [one] { $number } rapport
   *[other] { $number } rapportar
  }
index-number = Nummer
index-role = Rolle
index-municipality = Kommune
index-report = Rapport
index-open = Opne
index-pdf = PDF
index-caption = Rapportane i utgåva

## Månader
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
follow-months = { $after } ved sida av dei same månadene året før, { $before }.
follow-took-part = Deltok: { $number }.
follow-not-in-edition = Utan rapport i denne utgåva, og difor ikkje følgde: { $ids }.
follow-not-members = Ikkje medlem på kursdagen, og difor ikkje følgde: { $ids }.
follow-dual-role = Både liste og legevakt: { $number }. Dei er haldne utanfor tal per listepasient.
follow-others = Hadde kurs i dei same to åra, og er ikkje samanlikning for nokon: { $number }.
follow-values = { $before } før, { $after } etter; { $expected } var å vente utan kurs.
follow-effect-lower = { $relative } lågare, relativt til samanliknbare legar (95 %-intervall { $lower } til { $upper }).
follow-effect-higher = { $relative } høgare, relativt til samanliknbare legar (95 %-intervall { $lower } til { $upper }).
follow-clear-better = Betre, og klart meir enn tilfeldig.
follow-clear-worse = Dårlegare, og klart meir enn tilfeldig.
follow-clear = Ei endring, og klart meir enn tilfeldig.
follow-possible-better = Peikar mot betre, men kan framleis vere tilfeldig.
follow-possible-worse = Peikar mot dårlegare, men kan framleis vere tilfeldig.
follow-possible = Peikar mot ei endring, men kan framleis vere tilfeldig.
follow-not-told = Ingen klar skilnad frå samanliknbare legar: den som er, kan vere tilfeldig.
follow-basis = Med kurs: { $doctors }. Samanliknbare, utan kurs: { $comparable }.
follow-absent = Månader utan kontakt og utan antibiotika tel ikkje, og heller ikkje same månad året før eller etter. Utelatne: { $number }.
follow-few-months = Utelatne, borte eller nye i meir enn halvparten av månadene: { $number }.
follow-nobody-comparable = Utelatne, ingen å samanlikne med: { $number }.
follow-not-about = Utelatne, talet gjeld ikkje arbeidet deira: { $number }.
follow-kept-few = Halde tilbake: færre enn fem legar.
follow-kept-one = Halde tilbake: éin lege har meir enn halvparten.
follow-kept-cell = Halde tilbake: få pasientar, eller tala til éin lege kunne reknast ut.
follow-nobody-left = Kan ikkje seiast: ingen kurslege var aktiv i nok månader.
follow-few-comparable = Kan ikkje seiast: for få samanliknbare legar utan kurs (høgst { $found } funne, minst { $least } trengst).
follow-few-events = Kan ikkje seiast: for få til å skilje ei endring frå tilfeldigheiter.
follow-none-left = Kan ikkje seiast: alt eller ingenting etter kurset.
follow-no-line = Kan ikkje seiast: samanliknbare legar er for uregelmessige.
follow-how = Slik: kvar kurslege blir sett ved sida av inntil tjue legar med same type arbeid og om lag same nivå før, som ikkje hadde kurs i desse to åra. Det dei gjorde i dei same månadene, er det som var å vente; årstid, trend og tilbakegang frå eit uvanleg høgt eller lågt år er med i det. Intervallet byggjer på skilnadene mellom legar.
follow-table = Kva som kan seiast, mål for mål
follow-before = Før
follow-after = Etter
follow-expected = Å vente
follow-difference = Relativ skilnad
follow-interval = 95 %-intervall
follow-range = { $lower } til { $upper }
follow-answer = Svar
follow-decides = Skilnaden med intervallet sitt avgjer. Kurva viser berre månadene rundt sin eigen median: ho veit ikkje kva som var å vente etter eit uvanleg år, og har ikkje noko intervall.
follow-nobody-near = Kan ikkje seiast: for få legar utan kurs på same nivå før (minst { $least } trengst).
follow-other-setting = Gjeld ein annan arbeidsstad.
follow-no-list = Inga pasientliste i perioden.
follow-untold = Det som ikkje kan seiast
follow-holds-for = { $reason } Gjeld: { $names }.
follow-guide-lead = Tre opne spørsmål, valde etter svara over. Ingen treng å vise tala sine.
run-title = Run-diagram
run-axis = Månad for månad, i prosent av samanliknbare legar
run-course = Kurs
run-median = Median før: { $median }
run-signal = Månadene viser eit skifte som tilfeldigheiter ikkje gir: { $longest } på rad på same side (høgst { $longest-limit } venta), { $crossings } kryssingar (minst { $crossings-limit } venta).
run-no-signal = Månadene varierer som tilfeldigheiter gjer: { $longest } på rad på same side (høgst { $longest-limit } venta), { $crossings } kryssingar (minst { $crossings-limit } venta).
run-desc = { $name }, { $first } til { $last }. { $told }
follow-without-report = Utan rapport i denne utgåva, og difor ikkje følgde: { $number }.
run-meetings = Strekane med tal er møte 2 og 3.
certificate-title = Kursbevis
certificate-doctor = Legen med HPR-nummer { $value } har fullført kurset
certificate-meetings = Kursmøte med registrert oppmøte
certificate-meeting = Møte
certificate-number = Møte { $value }
certificate-day = Dato
certificate-place = Stad
certificate-tests = E-læring med bestått prøve
certificate-test = Modul
certificate-passed = Bestått
certificate-result = Beste resultat
certificate-right = { $right } av { $questions } rette
certificate-fulfilled = Alle krav var oppfylte { $value }.
certificate-name = Namnet til legen
certificate-own-signature = Dato og underskrift, lege
certificate-leader-signature = Dato og underskrift, kursleiar
certificate-rests-on = Kursbeviset byggjer på oppmøtet som kursleiaren har registrert, og på prøvene legen sjølv har teke i tenesta. Innlogginga gir HPR-nummer og ikkje namn; namnet blir difor ført på for hand.

## Legane i ei gruppe som prikkar
dots-title = Legane i gruppa, éin prikk for kvar
dots-under = under { $edge }
dots-between = { $low } til { $high }
dots-over = { $edge } eller meir
dots-spread = { $few } av { $all } legar ligg under { $below }. { $many } ligg på { $above } eller meir.
dots-few = Prikkane kan ikkje visast: færre enn ti i gruppa har nok å telje til at talet kan samanliknast.
dots-one-place = Prikkane kan ikkje visast: legane ligg så nær kvarandre, eller er så få, at dei ytste kunne kjennast att.
dots-not-told = { $state }. { $why }

## Korleis eitt tal er laga
made-window = { $period }: { $months }
made-drugs = Legemiddel (ATC)
made-not-drugs = Ikkje desse legemidla
made-every-antibiotic = alle antibiotika
made-aware = AWaRe-gruppe
made-route = Gitt
made-route-oral = gjennom munnen
made-route-parenteral = som injeksjon eller infusjon
made-route-rectal = i endetarmen
made-route-inhalation = inhalert
made-route-topical = på hud, auge, øyre eller slimhinne
made-diagnoses = Diagnosar
made-not-diagnoses = Ikkje desse diagnosane
made-linked = Kopling
made-linked-after = antibiotikum utlevert 0–{ $days } dagar etter kontakten
made-linked-diagnosis = diagnosen står på resepten, eller på ein kontakt 0–{ $days } dagar før utleveringa
made-linked-prescription = diagnosen står på resepten
made-linked-not = utan kjend diagnose
made-settings = Arbeidsstad
made-setting-unknown = ukjend (utlevering utan kopling)
made-setting-gp = fastlegepraksis
made-setting-ooh = legevakt
made-setting-nursing-home = sjukeheim
made-forms = Kontaktar
made-form-unknown = ukjend form
made-form-consultation = konsultasjon
made-form-e-consultation = e-konsultasjon
made-form-home-visit = sjukebesøk
made-form-simple = enkel kontakt
made-people = Pasientar
made-women = kvinner
made-men = menn
made-sex-unknown = ukjent kjønn
made-years = { $from }–{ $to } år
made-years-not = ikkje { $from }–{ $to } år
made-course = Kur
made-course-known = med kjend mengd og ein døgndose i retningslinja
made-course-days = høgst { $days } dagar med døgndosen i retningslinja, med { $slack } % slakk for pakninga
made-course-at-most = høgst { $limits } (døgndosar eller einingar)
made-course-more-than = meir enn { $limits } (døgndosar eller einingar)
made-left-dual-role = Har ein lege både liste og legevakt, er utleveringar utan kjend arbeidsstad ikkje med.
made-left-unknown-person = Pasientar med ukjend alder eller kjønn er ikkje med.
made-left-out-of-hours = Arbeid på legevakt og sjukeheim er ikkje med.
made-years-from = { $from } år og eldre
made-years-not-from = ikkje { $from } år og eldre
