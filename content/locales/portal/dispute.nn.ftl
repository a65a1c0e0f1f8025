# «Dette er ikkje mitt»

dispute-title = Er noko ikkje ditt?
dispute-lead = Har ein vikar, ein kollega eller ein feil gitt deg utleveringar som ikkje er dine? Meld frå her. Den som driv løysinga, ser på det og svarer deg.
dispute-what = Det du melder, endrar ikkje tala i denne rapporten. Får du medhald, blir det retta i kjelda, og neste rapport blir rett. Rapporten viser at noko er meldt.
dispute-yours = Det du har meldt
dispute-none = Du har ikkje meldt noko i nokon rapport.
dispute-new = Meld frå
dispute-report = Rapporten for { $period }
dispute-indicator = Kva tal gjeld det?
dispute-any = Alle tal
dispute-month = Kva månad?
dispute-whole = Heile perioden
dispute-rows = Omtrent kor mange utleveringar?
dispute-rows-hint = Eit heilt tal. La det stå tomt om det gjeld alle.
dispute-why = Kvifor er dei ikkje dine?
dispute-why-locum = Ein vikar arbeidde i mitt namn
dispute-why-wrong = Ein annan er rekvirent
dispute-why-other = Noko anna (fortel i feltet under)
dispute-words = Fortel kort
dispute-words-hint = Skriv ikkje noko om pasientar: ingen namn, datoar eller nummer.
dispute-send = Meld frå
dispute-sent = Meldinga er send.
dispute-taken-back = Meldinga er teken tilbake.
dispute-problem = Meldinga vart ikkje send
dispute-problem-why = Vel kvifor dei ikkje er dine.
dispute-problem-words = Fortel kort kva det er.
dispute-problem-long = Teksten kan ha høgst 4000 teikn.
dispute-problem-rows = Talet må vere eit heilt tal frå 1 til 100 000.
dispute-problem-month = Vel ein månad i perioden.
dispute-problem-settled = Meldinga var alt avgjord.
dispute-state-open = Ventar på svar
dispute-state-upheld = Medhald
dispute-state-rejected = Ikkje medhald
dispute-state-taken-back = Teken tilbake
dispute-answer = Svar: { $reason }
dispute-line = { $name }, { $month }, { $rows }
dispute-rows-some = { $count ->
    [one] { $number } utlevering
   *[other] { $number } utleveringar
  }
dispute-rows-all = alle utleveringar
dispute-sent-at = Meldt { $moment }
dispute-take-back = Ta tilbake
dispute-take-back-of = meldinga om { $name }
dispute-back = Tilbake til rapporten
