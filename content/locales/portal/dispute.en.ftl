# "This is not mine"

dispute-title = Is something not yours?
dispute-lead = Has a locum, a colleague or a mistake given you dispensings that are not yours? Tell us here. Those who run this service look into it and answer you.
dispute-what = What you tell does not change the numbers of this report. If you are right, the source is corrected and the next report is right. The report shows that something was flagged.
dispute-yours = What you have told us
dispute-none = You have told us of nothing in any report.
dispute-new = Tell us
dispute-report = The report for { $period }
dispute-indicator = Which number is it about?
dispute-any = All numbers
dispute-month = Which month?
dispute-whole = The whole period
dispute-rows = About how many dispensings?
dispute-rows-hint = A whole number. Leave it empty if it is about all of them.
dispute-why = Why are they not yours?
dispute-why-locum = A locum worked in my name
dispute-why-wrong = Somebody else prescribed
dispute-why-other = Something else (tell us in the field below)
dispute-words = Tell us briefly
dispute-words-hint = Write nothing about patients: no names, dates or numbers.
dispute-send = Send
dispute-sent = The message is sent.
dispute-taken-back = The message is taken back.
dispute-problem = The message was not sent
dispute-problem-why = Choose why they are not yours.
dispute-problem-words = Tell us briefly what it is.
dispute-problem-long = The text can have 4,000 characters at most.
dispute-problem-rows = The number must be a whole number from 1 to 100,000.
dispute-problem-month = Choose a month of the period.
dispute-problem-settled = The message was settled already.
dispute-state-open = Waiting for an answer
dispute-state-upheld = Upheld
dispute-state-rejected = Not upheld
dispute-state-taken-back = Taken back
dispute-answer = Answer: { $reason }
dispute-line = { $name }, { $month }, { $rows }
dispute-rows-some = { $count ->
    [one] { $number } dispensing
   *[other] { $number } dispensings
  }
dispute-rows-all = all dispensings
dispute-sent-at = Sent { $moment }
dispute-take-back = Take back
dispute-take-back-of = the message about { $name }
dispute-back = Back to the report
