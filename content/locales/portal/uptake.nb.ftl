# Bruk og effekt. Bokmål.

uptake-title = Hvor mange har hentet rapporten sin
uptake-nothing = Ingen utgave er publisert ennå.
uptake-too-few = Færre enn fem leger har rapport i denne utgaven. Da vises ingen tall.
uptake-to-courses = Hva kursene har endret
uptake-to-fetched = Hvor mange har hentet rapporten sin
uptake-choose = Velg utgave
uptake-edition = Utgave
uptake-show = Vis
uptake-lead = { $fetched } av { $all } leger har hentet rapporten: { $share }.
uptake-goal-reached = Målet er nådd: flertallet har hentet rapporten.
uptake-goal-missing = { $count ->
    [one] Målet er at flertallet henter den hvert år. Det mangler én lege.
   *[other] Målet er at flertallet henter den hvert år. Det mangler { $number } leger.
}
uptake-months = Måned for måned
uptake-months-lead = Hvor mange som hadde hentet rapporten ved slutten av hver måned. Streken er målet: mer enn halvparten.
uptake-month = Måned
uptake-share = Andel av legene
uptake-fetched = Leger som har hentet
uptake-new = Nye denne måneden
uptake-counties = Fylke for fylke
uptake-counties-lead = Det fylket der flest har hentet rapporten, står øverst. Streken er målet: mer enn halvparten.
uptake-counties-none = Ingen fylker er store nok til å vises.
uptake-county = Fylke
uptake-doctors = Leger med rapport
uptake-no-county = Uten kjent fylke
uptake-by-month = Andel ved slutten av hver måned
uptake-untold = Det som ikke vises, og hvorfor
uptake-kept-back = færre enn fem leger, eller et lite fylke kunne regnes ut av tallet.
uptake-nobody-named = Hvem som har hentet rapporten, vises ikke for noen. Legen ser det selv i sitt eget innsyn.
uptake-counts = En lege telles første gang rapporten åpnes eller lastes ned. Leger uten rapport i utgaven telles ikke.

uptake-courses-title = Hva kursene har endret
uptake-courses-lead = Alle grupper med kurs samme måned, holdt sammen med lignende leger uten kurs i de samme månedene. Grupper på færre enn fem leger får ingen tall.
uptake-courses-choose = Velg utgave og kursmåned
uptake-courses-month = Måned for første møte
uptake-courses-held = Kurs som er holdt
uptake-courses-number = Kurs
uptake-courses-doctors = Leger
uptake-courses-few = færre enn fem
uptake-courses-none = Ingen kurs i tjenesten har hatt sitt første møte ennå.
uptake-courses-nobody = Ingen av dem som var med på kurset, har rapport i denne utgaven.
uptake-courses-other-period = Denne utgaven har ikke de månedene som trengs: minst tre hele måneder etter kurset, og de samme månedene året før.
uptake-courses-damaged = Endringen kan ikke regnes ut fra denne utgaven.
