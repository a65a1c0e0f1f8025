# «Dette er ikke mitt»

dispute-title = Er noe ikke ditt?
dispute-lead = Har en vikar, en kollega eller en feil gitt deg utleveringer som ikke er dine? Meld fra her. Den som driver løsningen, ser på det og svarer deg.
dispute-what = Det du melder, endrer ikke tallene i denne rapporten. Får du medhold, rettes det i kilden, og neste rapport blir riktig. Rapporten viser at noe er meldt.
dispute-yours = Det du har meldt
dispute-none = Du har ikke meldt noe i noen rapport.
dispute-new = Meld fra
dispute-report = Rapporten for { $period }
dispute-indicator = Hvilket tall gjelder det?
dispute-any = Alle tall
dispute-month = Hvilken måned?
dispute-whole = Hele perioden
dispute-rows = Omtrent hvor mange utleveringer?
dispute-rows-hint = Et helt tall. La det stå tomt om det gjelder alle.
dispute-why = Hvorfor er de ikke dine?
dispute-why-locum = En vikar arbeidet i mitt navn
dispute-why-wrong = En annen er rekvirent
dispute-why-other = Noe annet (fortell i feltet under)
dispute-words = Fortell kort
dispute-words-hint = Skriv ikke noe om pasienter: ingen navn, datoer eller numre.
dispute-send = Meld fra
dispute-sent = Meldingen er sendt.
dispute-taken-back = Meldingen er tatt tilbake.
dispute-problem = Meldingen ble ikke sendt
dispute-problem-why = Velg hvorfor de ikke er dine.
dispute-problem-words = Fortell kort hva det er.
dispute-problem-long = Teksten kan ha høyst 4000 tegn.
dispute-problem-rows = Antallet må være et helt tall fra 1 til 100 000.
dispute-problem-month = Velg en måned i perioden.
dispute-problem-settled = Meldingen var alt avgjort.
dispute-state-open = Venter på svar
dispute-state-upheld = Medhold
dispute-state-rejected = Ikke medhold
dispute-state-taken-back = Tatt tilbake
dispute-answer = Svar: { $reason }
dispute-line = { $name }, { $month }, { $rows }
dispute-rows-some = { $count ->
    [one] { $number } utlevering
   *[other] { $number } utleveringer
  }
dispute-rows-all = alle utleveringer
dispute-sent-at = Meldt { $moment }
dispute-take-back = Ta tilbake
dispute-take-back-of = meldingen om { $name }
dispute-back = Tilbake til rapporten
