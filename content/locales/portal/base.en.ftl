# The frame of every page, and error pages. English.

base-skip = Skip to the content
base-demo-name = Demo
base-demo = Demo with invented data. No number here is about a real doctor or patient, and you log in without showing who you are.
base-logged-in = Logged in:
base-log-out = Log out
base-language = Language
base-navigation = Main menu

base-nav-report = My report
base-nav-goals = Goals and plan
base-nav-group = My group
base-nav-courses = Courses
base-nav-learning = E-learning
base-nav-prescribe = Prescribe
base-nav-pharmacy = Pharmacy
base-nav-area = Municipality and county
base-nav-uptake = Uptake and effect
base-nav-operator = Operation
base-nav-research = Research
base-nav-log = Access and rights

base-about = About the service
base-privacy = Privacy
base-accessibility = Accessibility
base-terminology = Code systems and rights

base-reference = If you need help, give this reference:
base-to-front = To the front page
base-error-400 = We did not understand what was sent
base-error-400-do = Go back and try once more. Nothing has been saved.
base-error-401 = You are logged out
base-error-401-do = A login lasts for a limited time. Log in again to go on.
base-error-403 = This page is not open to your role
base-error-403-do = Your login is in order, but the page belongs to another role. If you lack a role that you should have, those who run the service can give it to you.
base-error-404 = There is no such page
base-error-404-do = The address may be misspelt, or the page has moved. The front page shows the way.
base-error-409 = Somebody else changed the same thing
base-error-409-do = What you sent has not been saved. Open the page anew, see what has changed, and try again.
base-error-413 = What was sent is too large
base-error-413-do = Nothing has been saved. Send a shorter text or a smaller file.
base-error-429 = Many requests in a short time
base-error-429-do = Wait a minute and try again. The limit protects the service and the data in it.
base-error-500 = Something went wrong on our side
base-error-500-do = The fault has been recorded without anything about you. Try again in a while.
base-error-503 = The service is not available right now
base-error-503-do = What you had saved is safe. Try again in a few minutes.
