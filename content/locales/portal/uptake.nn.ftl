# Bruk og effekt. Nynorsk.

uptake-title = Kor mange har henta rapporten sin
uptake-nothing = Inga utgåve er publisert enno.
uptake-too-few = Færre enn fem legar har rapport i denne utgåva. Då blir ingen tal viste.
uptake-to-courses = Kva kursa har endra
uptake-to-fetched = Kor mange har henta rapporten sin
uptake-choose = Vel utgåve
uptake-edition = Utgåve
uptake-show = Vis
uptake-lead = { $fetched } av { $all } legar har henta rapporten: { $share }.
uptake-goal-reached = Målet er nådd: fleirtalet har henta rapporten.
uptake-goal-missing = { $count ->
    [one] Målet er at fleirtalet hentar han kvart år. Det manglar éin lege.
   *[other] Målet er at fleirtalet hentar han kvart år. Det manglar { $number } legar.
}
uptake-months = Månad for månad
uptake-months-lead = Kor mange som hadde henta rapporten ved slutten av kvar månad. Streken er målet: meir enn halvparten.
uptake-month = Månad
uptake-share = Del av legane
uptake-fetched = Legar som har henta
uptake-new = Nye denne månaden
uptake-counties = Fylke for fylke
uptake-counties-lead = Det fylket der flest har henta rapporten, står øvst. Streken er målet: meir enn halvparten.
uptake-counties-none = Ingen fylke er store nok til å visast.
uptake-county = Fylke
uptake-doctors = Legar med rapport
uptake-no-county = Utan kjent fylke
uptake-by-month = Del ved slutten av kvar månad
uptake-untold = Det som ikkje blir vist, og kvifor
uptake-kept-back = færre enn fem legar, eller eit lite fylke kunne reknast ut av talet.
uptake-nobody-named = Kven som har henta rapporten, blir ikkje vist for nokon. Legen ser det sjølv i sitt eige innsyn.
uptake-counts = Ein lege blir talt første gong rapporten blir opna eller lasta ned. Legar utan rapport i utgåva blir ikkje talde.

uptake-courses-title = Kva kursa har endra
uptake-courses-lead = Alle grupper med kurs same månad, haldne saman med liknande legar utan kurs i dei same månadene. Grupper på færre enn fem legar får ingen tal.
uptake-courses-choose = Vel utgåve og kursmånad
uptake-courses-month = Månad for første møte
uptake-courses-held = Kurs som er haldne
uptake-courses-number = Kurs
uptake-courses-doctors = Legar
uptake-courses-few = færre enn fem
uptake-courses-none = Ingen kurs i tenesta har hatt det første møtet sitt enno.
uptake-courses-nobody = Ingen av dei som var med på kurset, har rapport i denne utgåva.
uptake-courses-other-period = Denne utgåva har ikkje dei månadene som trengst: minst tre heile månader etter kurset, og dei same månadene året før.
uptake-courses-damaged = Endringa kan ikkje reknast ut frå denne utgåva.
