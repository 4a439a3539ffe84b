// Made by `npm run contract` from openapi.json.
export interface paths {
    "/api/v1/areas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Units in force on a day: the top level, those under a parent, or those that match a text */
        get: operations["listAreas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The unit that a code means on a day */
        get: operations["getArea"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/{code}/successors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The units that hold, on a day, what the code meant before */
        get: operations["listAreaSuccessors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/boundaries/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The map of the provinces, or of the communes of a province, as TopoJSON */
        get: operations["getBoundaries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Staff sign in with a login and a password */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End this session */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/phone-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a one-time code to a phone */
        post: operations["requestPhoneCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/phone-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with the code that came by SMS */
        post: operations["confirmPhone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is asking */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody on my phone */
        get: operations["listMyPeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete my own record, add somebody to my phone, or (officers) register anybody within reach
         * @description An officer who writes the number of a card, or a phone number, by which a gate knows somebody of that name completes that record: the answer has its id. By the number of a card so does one who writes down where somebody lives who was known elsewhere: the record moves.
         */
        post: operations["registerPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A full record; the reading is recorded */
        get: operations["readPerson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["changePerson"];
        trace?: never;
    };
    "/api/v1/people/searches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find people by phone, document or name; everybody found can see who searched
         * @description A page goes on with the same body and the `cursor` in it: what is known of somebody is in no address. Whose residence nobody has written down is in no area: they are found by an exact number, never by name. `documentNumber` may be that of a health insurance card.
         */
        post: operations["searchPeople"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/card": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The text of a personal QR code, signed, good for a minute */
        get: operations["getMyCard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Phones that make codes for my people */
        get: operations["listMyDevices"];
        put?: never;
        /** Certificates with which this phone makes codes of its own; the same key again renews them */
        post: operations["registerDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/devices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** A lost phone: its codes are refused, and it is signed out */
        delete: operations["revokeMyDevice"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** All phones of somebody who lost theirs; they are signed out */
        delete: operations["revokeDevicesOf"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/paper-card": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The paper card in use, if there is one */
        get: operations["getPaperCard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/paper-cards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new paper card; the one before is revoked */
        post: operations["issuePaperCard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/paper-cards/{id}/card.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One card, to print */
        get: operations["printPaperCard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/paper-cards/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["revokePaperCard"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/paper-card-sheets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was printed for people of a unit, the last first: it can be printed again */
        get: operations["listPaperCardSheets"];
        put?: never;
        /**
         * A4 sheets of new paper cards, for named people, again for a list, or for those of a unit who have none, 500 at once
         * @description The header `x-remaining` says how many of the unit are left for the next request. Cards carry a number, the last pages say whose it is.
         */
        post: operations["printPaperCardSheets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/paper-card-lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Named lists of people who got their cards together, such as a class: they can get them again */
        get: operations["listPaperCardLists"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/place-kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Kinds of places, with the sector that manages each */
        get: operations["listPlaceKinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/places/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The place that a short code (typed in any form) or a check-in address means */
        get: operations["findPublicPlace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The places that I own or guard, open ones first, or the place of this key */
        get: operations["listMyPlaces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Places within reach; for citizens, those they own or guard */
        get: operations["listPlaces"];
        put?: never;
        /** Register a place with the phone I signed in with, or (officers) one within reach */
        post: operations["registerPlace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["readPlace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Correct a place, close it or open it again */
        patch: operations["changePlace"];
        trace?: never;
    };
    "/api/v1/places/{id}/poster.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The poster for the door, one A4 sheet */
        get: operations["getPoster"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/{id}/poster.svg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The QR code alone */
        get: operations["getPosterCode"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/{id}/posters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions of the poster, latest first; the one that is not withdrawn is in force */
        get: operations["listPosters"];
        put?: never;
        /** Make a new poster and withdraw the one before: whoever scans that is told so */
        post: operations["replacePoster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/{id}/screen-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a screen at the door shows; two minutes later it is refused */
        get: operations["readScreenCode"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/{id}/gates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listGates"];
        put?: never;
        /** Tell one entrance from the others */
        post: operations["addGate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/{id}/gates/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["removeGate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/{id}/guests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who was asked to an event; the reading is recorded */
        get: operations["listEventGuests"];
        put?: never;
        /** Add the guest list of an event, whether or not they were scanned at its door */
        post: operations["addEventGuests"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/{id}/guests/{personId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take somebody off the guest list */
        delete: operations["removeEventGuest"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/{id}/trips": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The latest trips of a vehicle */
        get: operations["listTrips"];
        put?: never;
        /** The vehicle sets out; the trip before is over */
        post: operations["startTrip"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/{id}/trips/{tripId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** The vehicle has arrived */
        patch: operations["endTrip"];
        trace?: never;
    };
    "/api/v1/places/{id}/guards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listGuards"];
        put?: never;
        /** Let the holder of a phone let people in here */
        post: operations["addGuard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/{id}/guards/{guardId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["removeGuard"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/forms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The forms in use today */
        get: operations["listForms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/forms/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A form with its questions, in any version that was ever in use */
        get: operations["getForm"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/declarations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Declare for myself, for somebody on my phone, or (officers) for anybody within reach
         * @description With an `id` made by the phone it may be sent again: the same declaration comes back.
         */
        post: operations["sendDeclaration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/declarations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was declared for my people, newest first */
        get: operations["listMyDeclarations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a gate would say to me, or to one of my people, now */
        get: operations["getMyStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/entry-holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why and until when somebody is asked to stay at home; the reading is recorded */
        get: operations["listEntryHolds"];
        put?: never;
        post?: never;
        /** Let somebody in again before their time at home ends by itself */
        delete: operations["liftEntryHolds"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visits/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** I scan a place, for me or for somebody on my phone; sending it again changes nothing */
        put: operations["recordVisit"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A gate scans people: up to 1,000 at once; those that cannot be taken are listed, the others are taken */
        post: operations["recordScans"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/{id}/gate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a gate needs to work for days without the network: keys, revoked codes, rules; nobody is named */
        get: operations["getGateFacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/{id}/phone-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a one-time code to the number that somebody named at the gate */
        post: operations["requestPhoneCodeAtGate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/{id}/phone-confirmations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The code that the person read out; then the scan with the id of the challenge is `confirmed` */
        post: operations["confirmPhoneAtGate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/{id}/declarations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A guard declares for somebody who was scanned here in the last half hour
         * @description Only for whom no declaration is valid. With an `id` made by the gate it may be sent again. What was declared is not told.
         */
        post: operations["declareAtGate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/undone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A gate takes back scans that arrived at most two minutes before */
        post: operations["undoScans"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where I, or somebody on my phone, have been, latest first */
        get: operations["listMyVisits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/inside": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the people on my phone are now */
        get: operations["listMyInside"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/{id}/today": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A place's day: counts, and who was scanned, masked; an official's look is recorded */
        get: operations["getPlaceToday"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/classifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a case was called, since when, by which definition and why, the newest first */
        get: operations["listCaseClassifications"];
        put?: never;
        /** Call a case something else from a day on; what it was called stays in the history */
        post: operations["classifyCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/date-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Dates of a case that were corrected, by whom and why, the newest first */
        get: operations["listCaseDateChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/lab-results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What laboratories found, the newest sample first; withdrawn ones are marked */
        get: operations["listLabResults"];
        put?: never;
        /** Record what a laboratory found */
        post: operations["recordLabResult"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lab-results/{id}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw a result that was wrong; it stays to be seen, with the reason */
        post: operations["withdrawLabResult"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/disease-profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rules of each disease in force today, with their sources and assumptions */
        get: operations["listDiseaseProfiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cases within reach, newest first unless asked otherwise; the reading is recorded */
        get: operations["listCases"];
        put?: never;
        /** Record an infection of somebody within reach: confirmed, unless it is said to be suspected or probable */
        post: operations["confirmCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A case with its window; the reading is recorded */
        get: operations["readCase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Correct the dates of a case; its window is computed again */
        patch: operations["changeCase"];
        trace?: never;
    };
    "/api/v1/cases/{id}/stays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the case was within its window; the reading is recorded */
        get: operations["listCaseStays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/set-aside": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Scans of the case within its window that make no stay, by day, place and reason; the reading is recorded */
        get: operations["listSetAside"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/set-aside-scans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same, scan by scan, of one day, place or reason if asked so; the reading is recorded */
        get: operations["listSetAsideScans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/interview-forms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The forms by which officers ask about a case, as in force today */
        get: operations["listInterviewForms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/interviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who was interviewed about a case, when and by whom, the newest first */
        get: operations["listInterviews"];
        put?: never;
        /** Record what somebody told about a case; people met become contacts that were declared */
        post: operations["recordInterview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/interviews/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was told; the reading is recorded */
        get: operations["readInterview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/interviews/{id}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw an interview that was wrong, with what came from it; it stays to be read */
        post: operations["withdrawInterview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/declared-contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Contacts that people told of, the latest first; the reading is recorded */
        get: operations["listDeclaredContacts"];
        put?: never;
        /** Record a contact that somebody told of without an interview */
        post: operations["declareContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/declared-contacts/{id}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw a contact that was wrong; it stays to be seen and counts no more */
        post: operations["withdrawDeclaredContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/edges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** With whom the case was in its window beside scanned places: declared, household, guests, seats; recorded */
        get: operations["listCaseEdges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/traces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The traces of a case, newest first */
        get: operations["listTraces"];
        put?: never;
        /** Ask for the contacts of a case; a job finds them */
        post: operations["traceCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/traces/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a trace is, with what parameters, and how many people it found */
        get: operations["readTrace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/traces/{id}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom a trace found, by hop and time together unless asked otherwise; the reading is recorded */
        get: operations["listTraceContacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/traces/{id}/contact-counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many the list of a trace is of, and whom to mark, relabel or take back; nobody is read */
        get: operations["countTraceContacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/traces/{id}/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the people of a hop were met, those of most people first; nobody is read. Where it is not known yet, a job finds out */
        get: operations["listTracePlaces"];
        put?: never;
        /** Have a job find out where the people of a hop were met, also after one was lost */
        post: operations["placeTraceAgain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who would enter and leave the first contacts with another date, rule or end of a stay; nothing is kept */
        post: operations["askWhatIf"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trace-batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Traces of many cases that I asked for, newest first */
        get: operations["listTraceBatches"];
        put?: never;
        /** Ask for the first contacts of many cases at once; one job finds them */
        post: operations["traceCases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trace-batches/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try the cases again whose trace failed */
        post: operations["retryTraceBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trace-batches/{id}/traces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What came of each case: first where it failed, then the most contacts */
        get: operations["listTracesOfBatch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/untraced-cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cases whose contacts nobody has sought yet, oldest first, without who they are */
        get: operations["listUntracedCases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/renewed-cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cases that were traced anew of late and have new people, without who they are; the latest first */
        get: operations["listRenewedCases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trace-batches/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the traces of many cases are */
        get: operations["readTraceBatch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The contacts of a case, first those whom no message reaches; the reading is recorded */
        get: operations["listContacts"];
        put?: never;
        /** Make people contacts of the case; each new one is warned. Few are marked at once (201), many by a job (202) */
        post: operations["markContacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/contact-counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many contacts a case has, and how many of them were told; nobody is read */
        get: operations["countContacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/warnings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Warnings for everybody on my phone, newest first */
        get: operations["listMyWarnings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/warnings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A warning: what happened, on which days, and what to do; opening it is remembered */
        get: operations["openMyWarning"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/contact-withdrawals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that people whom a new trace finds no more are contacts no more: their follow-up ends, unless they are contacts of another case. Few at once (201), many by a job (202) */
        post: operations["withdrawContacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/contact-relabellings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that contacts are farther from the case than they were marked, as a new trace finds them: they are warned anew, and watched from the exposure that holds now. Few at once (201), many by a job (202) */
        post: operations["relabelContacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/contact-markings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was marked for a case, newest first; nobody is read */
        get: operations["listContactMarkings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-markings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a marking is */
        get: operations["readContactMarking"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-markings/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on with a marking that failed, from where it was */
        post: operations["retryContactMarking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/warning-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Warnings that leave together: what waits for a second officer, what is on its way, what was stopped */
        get: operations["listWarningRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/warning-runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a sending is */
        get: operations["readWarningRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/warning-runs/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a sending would say, as it would leave, and to how many people and numbers */
        get: operations["previewWarnings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/warning-runs/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let warnings go that another officer asked for */
        post: operations["releaseWarnings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/warning-runs/{id}/refusal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say why warnings are not to leave */
        post: operations["refuseWarnings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/warning-runs/{id}/request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask again for what was refused or stopped; a second officer decides */
        post: operations["askForWarningsAgain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/warning-runs/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop at once: nothing more is sent, and what waits in the outbox is taken back */
        post: operations["stopWarnings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/warning-runs/{id}/recall": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop, and tell those who were warned that it was a mistake */
        post: operations["recallWarnings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/exposure-points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the case was within its window, and what officers judged of it; the reading is recorded */
        get: operations["listExposurePoints"];
        put?: never;
        /** Confirm or reject a stay of the case as an exposure point, or add a place without a code */
        post: operations["judgeStay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exposure-points/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Judge an exposure point anew; what was judged before is kept */
        patch: operations["judgeExposurePoint"];
        trace?: never;
    };
    "/api/v1/cases/{id}/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Draft a public notice of confirmed points; a second officer releases it */
        post: operations["draftNotice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Notices of cases within reach, with what would be or was published; the reading is recorded */
        get: operations["listNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A notice, with why each line is as exact as it is; the reading is recorded */
        get: operations["readNotice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish what another officer drafted */
        post: operations["releaseNotice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/{id}/refusal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say why a draft is not to be published */
        post: operations["refuseNotice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/{id}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back what was published; the public list says so */
        post: operations["withdrawNotice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where and when somebody infectious was, as far as it is published: whole days, the latest first. A phone reads the whole list, compares it with its own visits and tells nobody */
        get: operations["listPublicNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** From whom a case caught it and whom it infected, newest first, with what was withdrawn and what contacts suggest; the reading is recorded */
        get: operations["listCaseLinks"];
        put?: never;
        /** Say from which case, or at which place, a case caught it */
        post: operations["addLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/{id}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a link back, with a reason; it stays on record */
        post: operations["withdrawLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a case may have caught it: places shared with earlier cases, ranked with reasons; the reading is recorded */
        get: operations["listPossibleSources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/chain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The chain to which a case belongs: cases, events, links, generations and figures */
        get: operations["readChain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Chains with a case within reach, as of a day; the latest onset first unless asked otherwise */
        get: operations["listChains"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transmission/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Serial intervals, and how many each case infected, over the cases of a disease within reach */
        get: operations["readTransmission"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transmission/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Places and events where most were infected, with attack rates */
        get: operations["listSpreadingPlaces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/follow-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom the units within reach watch, first who is to be called first; the reading is recorded */
        get: operations["listFollowUps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/follow-ups/searches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find people by name or phone among those whom the units within reach watch; everybody found can see who searched
         * @description A page goes on with the same body and the `cursor` in it: what is known of somebody is in no address.
         */
        post: operations["searchFollowUps"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/follow-up-counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many people a list of follow-ups is of; nobody is read */
        get: operations["countFollowUps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/follow-ups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A call sheet: who, where they were near whom, what was tried; the reading is recorded */
        get: operations["openCallSheet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/follow-ups/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write down what happened with one or many people: a call, a test, a reminder, the end */
        post: operations["recordFollowUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/follow-ups/line-lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The official list as CSV, XLSX or PDF, of 5,000 people at most; the reading of each is recorded */
        post: operations["orderLineList"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hand-overs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What came in or went out, newest first, with receipts and how those stand who were received; counts only */
        get: operations["listHandOvers"];
        put?: never;
        /** Hand people over to the commune where they are; the sender is responsible until that one answers */
        post: operations["sendHandOver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hand-overs/{id}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who waits to be taken over, masked; the reading is recorded */
        get: operations["listHandOverLines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hand-overs/{id}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take people over, send them back with a reason, or take back what nobody answered yet */
        post: operations["answerHandOver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/follow-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The indicators of contact tracing for a day by area, with their definitions; counts only */
        get: operations["readFollowUpReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/desk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much work of tracing waits within reach; counts only */
        get: operations["readDesk"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/zones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Areas of restriction in force or announced, those that begin first at the top */
        get: operations["listPublicZones"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/zone-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rules of zoning in force today, with their sources and assumptions */
        get: operations["getZoneRules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/zone-suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The fewest communes, and the smallest circle, that hold a share of cases and contacts */
        post: operations["suggestZone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/zone-counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Households, people, places, cases and contacts in communes or a drawn area; counts only */
        post: operations["countZone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/zones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Zones that touch the reach of the reader, those that begin last first unless asked otherwise */
        get: operations["listZones"];
        put?: never;
        /** Draft a zone */
        post: operations["draftZone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/zones/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A zone with its clock, counts, overlaps and history, and what the reader may do with it now */
        get: operations["readZone"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a draft */
        patch: operations["editZone"];
        trace?: never;
    };
    "/api/v1/zones/{id}/order.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The order in the official layout, with the schedule of units; a draft says that it is one */
        get: operations["printZoneOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/zones/{id}/proposal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand a draft to whoever may order it */
        post: operations["proposeZone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/zones/{id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a proposal, or an order that nobody was told of, back as a draft, with the reason */
        post: operations["returnZone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/zones/{id}/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Order a proposed zone: by a second person, early enough for its notice or with a reason */
        post: operations["orderZone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/zones/{id}/notice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record that province and public are told now, and publish the zone */
        post: operations["notifyZone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/zones/{id}/extension": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a zone end later, with the reason: by a second person */
        post: operations["extendZone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/zones/{id}/lifting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lift a zone now, with the reason */
        post: operations["liftZone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/daily": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Places, scans, declarations and cases of one day by area; counts only */
        get: operations["readDailyReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/readings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which offices looked at the data of my people, how often on which day, and why */
        get: operations["listMyReadings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/readings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who read whose record, when, for which case */
        get: operations["listReadings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What officials and keys within my areas did, and what was done to their accounts */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/site": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this installation is */
        get: operations["getSite"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/demo/outbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the SMS twin took; in demo mode only */
        get: operations["readDemoOutbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/demo/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom one can be in the demo; in demo mode only */
        get: operations["listDemoCast"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Area: {
            code: string;
            name: string;
            fullName: string;
            nameEn: string;
            /** @description See data/areas/kinds.json: province, city, ward, commune … */
            kind: string;
            /** @description 1 province, 2 district, 3 commune. Since 1 July 2025 there is no level 2. */
            level: number;
            parentCode: string | null;
            /** @description With the units above it, as an address is written. */
            path: string;
            hasChildren: boolean;
            /** Format: date */
            validFrom: string;
            validTo: string | null;
            lat: number | null;
            lon: number | null;
        };
        Problem: {
            code: string;
            title: string;
            status: number;
            fields?: {
                field: string;
                reason: string;
            }[];
            /** @description Seconds. */
            retryAfter?: number;
            details?: {
                [key: string]: unknown;
            };
        };
        AreaSuccessors: {
            from: components["schemas"]["Area"];
            /** Format: date */
            on: string;
            /** @description The unit was split, so that an address in it needs a person to choose. */
            needsChoice: boolean;
            items: {
                code: string;
                name: string;
                fullName: string;
                kind: string;
                level: number;
                path: string;
                /** @enum {string} */
                coverage: "full" | "partial" | "unknown";
            }[];
        };
        /** @description TopoJSON, in degrees (WGS 84). */
        Topology: {
            /** @enum {string} */
            type: "Topology";
        } & {
            [key: string]: unknown;
        };
        AreaRef: {
            code: string;
            fullName: string;
            /** @description With the units above it. */
            path: string;
        };
        Account: {
            /** Format: uuid */
            id: string;
            login: string;
            name: string;
            roles: {
                role: string;
                area: components["schemas"]["AreaRef"];
                sector: string | null;
            }[];
        };
        Session: {
            token: string;
            /** Format: date-time */
            expiresAt: string;
            account: components["schemas"]["Account"];
        };
        PhoneChallenge: {
            /** Format: uuid */
            challengeId: string;
            /** Format: date-time */
            expiresAt: string;
            resendAfterSeconds: number;
        };
        Person: {
            /** Format: uuid */
            id: string;
            name: string | null;
            birthYear: number | null;
            sex: ("male" | "female" | "other") | null;
            phone: string | null;
            documentNumber: string | null;
            documentStanding?: ("confirmed" | "claimed" | "contested") | null;
            healthInsuranceNumber: string | null;
            nationality: string | null;
            area: components["schemas"]["AreaRef"] | null;
            areaCode: string | null;
            address: string | null;
            /** @description The first person on this phone. */
            isHolder: boolean;
            /** @description Name, birth year and residence are known. */
            complete: boolean;
        };
        PhoneSession: {
            token: string;
            /** Format: date-time */
            expiresAt: string;
            person: components["schemas"]["Person"];
        };
        Me: {
            /** @enum {string} */
            kind: "nobody" | "citizen" | "account" | "key";
            permissions: string[];
            account: components["schemas"]["Account"] | null;
            person: components["schemas"]["Person"] | null;
        };
        FoundPerson: {
            /** Format: uuid */
            id: string;
            maskedName: string;
            birthYear: number | null;
            maskedPhone: string | null;
            documentStanding: ("confirmed" | "claimed" | "contested") | null;
            area: components["schemas"]["AreaRef"] | null;
        };
        Card: {
            text: string;
            /** Format: date-time */
            expiresAt: string;
        };
        DeviceCodes: {
            /** @description Of a phone or a paper card. */
            id: string;
            certificates: {
                /** Format: uuid */
                personId: string;
                /** @description Base64; contract/codes.ts reads it. */
                certificate: string;
                /** Format: date-time */
                expiresAt: string;
            }[];
            /** Format: date-time */
            serverTime: string;
        };
        Device: {
            /** @description Of a phone or a paper card. */
            id: string;
            name: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            renewedAt: string;
            /** @description The phone that is asking. */
            current: boolean;
        };
        PaperCard: {
            /** @description Of a phone or a paper card. */
            id: string;
            /** Format: uuid */
            personId: string;
            /** @description For a QR code; it names nobody. */
            text: string;
            /** Format: date-time */
            issuedAt: string;
        };
        PaperCardInUse: {
            card: components["schemas"]["PaperCard"] | null;
        };
        PrintedSheet: {
            /** Format: date-time */
            issuedAt: string;
            /** @description Of them, those that are still in use. */
            cards: number;
        };
        CardList: {
            /** Format: uuid */
            id: string;
            name: string;
            /** Format: date-time */
            issuedAt: string;
            /** @description Those that are still in use. */
            cards: number;
        };
        PlaceKind: {
            code: string;
            label: {
                vi: string;
                en: string;
            };
            sector: string;
            /** @enum {string} */
            form: "fixed" | "vehicle" | "event";
            /** @description Kinds that are shown together. */
            group: string;
            /** @enum {string} */
            ventilation: "sealed" | "conditioned" | "natural" | "open";
            defaultStayMinutes: number;
        };
        PublicPlace: {
            /** Format: uuid */
            id: string;
            /** @description The short code, 8 characters. */
            code: string;
            name: string;
            kind: string;
            area: components["schemas"]["AreaRef"] | null;
            /** @description In the reader's language. */
            kindLabel: string;
            address: string;
            closed: boolean;
            position: {
                lat: number;
                lon: number;
            } | null;
            /** @description Areas of restriction in force or announced in which it lies. */
            zones: {
                /** Format: uuid */
                id: string;
                name: string;
                number: string | null;
                measures: string;
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                until: string;
                /** @description Places of this kind let nobody in meanwhile. */
                isClosed: boolean;
            }[];
        };
        OwnPlace: {
            /** Format: uuid */
            id: string;
            /** @description The short code, 8 characters. */
            code: string;
            name: string;
            kind: string;
            area: components["schemas"]["AreaRef"] | null;
            /** @enum {string} */
            role: "owner" | "guard" | "key";
            closed: boolean;
        };
        OpeningDay: {
            /** @description 1 is Monday. */
            weekday: number;
            /** @description Local time, 06:30. */
            opens: string;
            /** @description Not later than `opens`: on the next day. */
            closes: string;
        };
        Place: {
            /** Format: uuid */
            id: string;
            /** @description The short code, 8 characters. */
            code: string;
            name: string;
            kind: string;
            area: components["schemas"]["AreaRef"] | null;
            /** @description What its poster says, signed. */
            checkInUrl: string;
            sector: string;
            address: string;
            phone: string | null;
            lat: number | null;
            lon: number | null;
            approximate: {
                lat: number;
                lon: number;
                marginKm: number;
            } | null;
            capacity: number | null;
            hours: components["schemas"]["OpeningDay"][] | null;
            plate: string | null;
            route: string | null;
            operator: string | null;
            zones: string[];
            startsAt: string | null;
            endsAt: string | null;
            expectedGuests: number | null;
            host: string | null;
            /** @description Of the poster in force. */
            posterVersion: number;
            closedAt: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        PosterVersion: {
            version: number;
            /** Format: date-time */
            issuedAt: string;
            withdrawnAt: string | null;
        };
        ScreenCode: {
            name: string;
            /** @description The short code, 8 characters. */
            code: string;
            /** @description An address, to be shown as a QR code. */
            text: string;
            refreshAfterSeconds: number;
        };
        Gate: {
            /** @description What a scan names as its gate. */
            code: string;
            name: string;
            /** @enum {string} */
            direction: "in" | "out" | "both";
        };
        MaskedPerson: {
            /** Format: uuid */
            id: string;
            maskedName: string;
            birthYear: number | null;
            maskedPhone: string | null;
        };
        AddedGuests: {
            added: number;
            /** @description Who was on the list already. */
            known: number;
        };
        Trip: {
            /** Format: uuid */
            id: string;
            from: string;
            to: string;
            /** Format: date-time */
            startedAt: string;
            endedAt: string | null;
        };
        Guard: {
            /** Format: uuid */
            id: string;
            maskedPhone: string | null;
            /** Format: date-time */
            since: string;
        };
        FormSummary: {
            id: string;
            version: number;
            title: {
                vi: string;
                en: string;
            };
            validForHours: number;
        };
        Form: {
            id: string;
            version: number;
            title: {
                vi: string;
                en: string;
            };
            area: string | null;
            /** Format: date */
            validFrom: string;
            validTo: string | null;
            validForHours: number;
            lookBackDays: number;
            screens: {
                key: string;
                title: {
                    vi: string;
                    en: string;
                };
            }[];
            questions: {
                key: string;
                screen: string;
                /** @enum {string} */
                kind: "text" | "choice" | "choices" | "yesNo" | "date" | "area" | "country";
                required: boolean;
                label: {
                    vi: string;
                    en: string;
                };
                help?: {
                    vi: string;
                    en: string;
                };
                /** @description Of a text, in characters; 500 unless said. */
                max?: number;
                choices?: {
                    value: string;
                    label: {
                        vi: string;
                        en: string;
                    };
                    /** @enum {string} */
                    signal?: "symptom" | "contact" | "travel";
                }[];
                showIf?: {
                    key: string;
                    equals: boolean | string;
                };
                /** @enum {string} */
                signal?: "symptom" | "contact" | "travel";
            }[];
            legalWarning?: {
                vi: string;
                en: string;
            };
            consent?: {
                vi: string;
                en: string;
            };
            sources?: string[];
        };
        Declaration: {
            /** Format: uuid */
            id: string;
            formId: string;
            formVersion: number;
            /** Format: uuid */
            personId: string;
            /** Format: date-time */
            declaredAt: string;
            /** Format: date-time */
            validUntil: string;
            /** @description Sent from the phone on which the person is; false: by an official, or by a guard for them. */
            byHolder: boolean;
            signals: ("symptom" | "contact" | "travel")[];
            /** @enum {string} */
            status: "green" | "yellow" | "red";
        };
        EntryDecision: {
            /** @enum {string} */
            status: "green" | "yellow" | "red";
            /** @description What to say at the door, in the reader's language; no medical detail. */
            instruction: string;
            declaration: components["schemas"]["Declaration"] | null;
            /**
             * @description Because of the place, not of the person: a zone shuts it.
             * @enum {boolean}
             */
            shut?: true;
        };
        EntryHold: {
            /** @enum {string} */
            reason: "case" | "contact";
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            /** @description An officer had let them in then; since that they were exposed to the same case once more, which holds them again. */
            liftedBefore: string | null;
        };
        PlaceSummary: {
            /** Format: uuid */
            id: string;
            /** @description The short code, 8 characters. */
            code: string;
            name: string;
            kind: string;
            area: components["schemas"]["AreaRef"] | null;
        };
        Stay: {
            /** Format: date-time */
            arrivedAt: string;
            leftAt: string | null;
        };
        VisitResult: {
            /** Format: uuid */
            id: string;
            /** @description This visit was known already; nothing changed. */
            repeated: boolean;
            place: components["schemas"]["PlaceSummary"];
            /** @enum {string} */
            direction: "in" | "out";
            /** Format: date-time */
            at: string;
            person: components["schemas"]["MaskedPerson"];
            decision: components["schemas"]["EntryDecision"];
            stay: components["schemas"]["Stay"] | null;
            /** @enum {string} */
            setAside?: "travel" | "crowd" | "closedHours" | "mismatch" | "farAway" | "copied" | "beforeIssue" | "takenBack";
            /** @description On the way in: with this person there are more than the place holds. */
            full?: boolean;
        };
        Scan: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            placeId: string;
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            direction: "in" | "out" | "auto";
            /** @description What the scanner read, `tel:` and a number that is `vouched` for or `confirmed`, `list:` and `name|birth year|what else` where a paper list (`keyedIn`) has no number, or `seen:` and the id of a scan of this place in the last 24 hours: the same person again. */
            code: string;
            gate?: string;
            /** @description By how much the gate's clock was ahead of the server's; `at` is put right already. */
            skewSeconds?: number;
            /** @description From a paper list, afterwards. */
            keyedIn?: boolean;
            /** @description Asked for once where a card names none: a number to call, which opens nothing. */
            phone?: string;
            /** @description The guard vouches that the typed number is theirs. */
            vouched?: boolean;
            /** @description The person confirmed the typed number by a code: the `id` is that of the challenge. */
            confirmed?: boolean;
            /** @description What the holder of a paper card answered, or what stands on a paper list beside a number: name and birth year tell apart whom one phone reaches, `about` is what else stands there. */
            given?: {
                birthYear?: number;
                name?: string;
                about?: string;
            };
            /** @description Of a vehicle: where they got on or off. */
            stop?: string;
            /** @description Of a vehicle: the zone of the seat. */
            zone?: string;
        };
        RefusedScan: {
            id: string;
            code: string;
            title: string;
        };
        ScanOutcome: {
            id: string;
            /** @enum {string} */
            outcome: "accepted" | "repeated" | "refused";
            /** @enum {string} */
            direction?: "in" | "out";
            /** @enum {string} */
            needs?: "phone";
            /** @enum {string} */
            setAside?: "crowd" | "closedHours" | "mismatch" | "farAway" | "beforeIssue" | "takenBack";
            person: components["schemas"]["MaskedPerson"] | null;
            decision: components["schemas"]["EntryDecision"] | null;
            /** @description Before this scan the person had checked in here and had not left. */
            alreadyInside?: boolean;
            /** @description What the scan names and the place does not have: it is kept without that. */
            unknown?: ("gate" | "zone")[];
            /**
             * @description The same code has come in at another entrance just before: one of the two is a picture.
             * @enum {boolean}
             */
            sameCode?: true;
        };
        ScanResults: {
            accepted: number;
            repeated: number;
            refused: components["schemas"]["RefusedScan"][];
            /** @description In the order of the scans. */
            results: components["schemas"]["ScanOutcome"][];
            /** @description In so many seconds those may be sent again that were refused with `request.throttled`. */
            retryAfter?: number;
        };
        Vehicle: {
            /** @description Of the latest trips, where people get on and off. */
            stops: string[];
            /** @description Front to back. */
            zones: string[];
        };
        RevokedCodes: {
            /** @description Phones and paper cards that are no longer good. After `until` that phone makes no codes anyway. */
            codes: {
                /** @description Of a phone or a paper card. */
                id: string;
                /** Format: date-time */
                until?: string;
            }[];
            /** @description To be sent as `since` the next time. */
            version: string;
            /** @description Whether there are more after these: ask again at once. */
            more: boolean;
        };
        GateFacts: {
            place: components["schemas"]["PlaceSummary"];
            gates: components["schemas"]["Gate"][];
            vehicle: components["schemas"]["Vehicle"] | null;
            /** @description With which codes are verified. */
            serverKeys: {
                id: number;
                /** @description Ed25519, base64. */
                publicKey: string;
            }[];
            revoked: components["schemas"]["RevokedCodes"];
            /** Format: date-time */
            serverTime: string;
            capacity: number | null;
            inside: number;
            /** @description What to say to whom, in the language of the reader. */
            entryRules: {
                green: string;
                yellow: string;
                red: string;
            };
            /** @description When nobody is let in here, by order of a zone, and what to say then. */
            shut: {
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                until: string;
                instruction: string;
            }[];
        };
        UndoneScans: {
            /** @description The scans that are taken back now. */
            undone: string[];
            /** @description The scans that stand. Those in neither list are not known at these places. */
            tooLate: string[];
        };
        Visit: {
            place: components["schemas"]["PlaceSummary"];
            /** Format: date-time */
            arrivedAt: string;
            /** Format: date-time */
            leftAt: string;
            /** @description Nobody recorded the exit: it is the usual stay, or the next check-in. */
            estimated: boolean;
        };
        Inside: {
            place: components["schemas"]["PlaceSummary"];
            /** Format: date-time */
            arrivedAt: string;
            /** Format: date-time */
            leftAt: string;
            /** @description Nobody recorded the exit: it is the usual stay, or the next check-in. */
            estimated: boolean;
            person: components["schemas"]["MaskedPerson"];
        };
        Today: {
            /** @description Scans on the way in today. */
            in: number;
            /** @description Scans on the way out today. */
            out: number;
            /** @description People who are there now, as far as anybody can tell. */
            inside: number;
            capacity: number | null;
            /** @description Of the stays that began today and are over: whose exit somebody recorded, and the others. */
            exits: {
                recorded: number;
                estimated: number;
            };
            /** @description Who is there now, the latest first, at most 50. */
            here: {
                /** Format: date-time */
                since: string;
                person: components["schemas"]["MaskedPerson"];
            }[];
            items: {
                /** Format: date-time */
                at: string;
                /** @enum {string} */
                direction: "in" | "out";
                person: components["schemas"]["MaskedPerson"];
                /** @enum {string} */
                setAside?: "crowd" | "closedHours" | "mismatch" | "farAway" | "beforeIssue" | "takenBack";
                /** @description The name of the entrance. */
                gate?: string;
                /** @description From a paper list, afterwards. */
                keyedIn?: boolean;
            }[];
            next: string | null;
        };
        CaseClassification: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            classification: "suspected" | "probable" | "confirmed" | "discarded";
            /** @enum {string} */
            origin: "imported" | "local" | "unknown";
            /** @description The version of the disease profile with its words. */
            definitionVersion: number;
            definition: string | null;
            /** Format: date */
            validFrom: string;
            reason: string | null;
            /** Format: date-time */
            recordedAt: string;
            recordedBy: string | null;
            current: boolean;
        };
        CaseDateChange: {
            /** Format: uuid */
            id: string;
            before: {
                onsetOn: string | null;
                sampledOn: string | null;
                isolatedAt: string | null;
            };
            after: {
                onsetOn: string | null;
                sampledOn: string | null;
                isolatedAt: string | null;
            };
            reason: string | null;
            /** Format: date-time */
            recordedAt: string;
            recordedBy: string | null;
        };
        LabResult: {
            /** Format: uuid */
            id: string;
            /** Format: date */
            sampledOn: string;
            /** @enum {string} */
            kind: "pcr" | "rapid" | "antibody" | "culture" | "sequencing" | "other";
            /** @enum {string} */
            result: "positive" | "negative" | "indeterminate" | "invalid";
            laboratory: string;
            ct: number | null;
            /** Format: date-time */
            receivedAt: string;
            /** Format: date-time */
            recordedAt: string;
            recordedBy: string | null;
            withdrawnAt: string | null;
            withdrawnBy: string | null;
            reason: string | null;
        };
        DiseaseProfile: {
            id: string;
            version: number;
            name: {
                vi: string;
                en: string;
            };
            area: string | null;
            /** Format: date */
            validFrom: string;
            validTo: string | null;
            /** @description The days from which the window is counted: the first of these that is known. */
            anchors: ("onsetOn" | "sampledOn")[];
            onsetLabel: {
                vi: string;
                en: string;
            };
            windowDaysBefore: number;
            /** @enum {string} */
            windowEnd: "untilIsolated" | "daysAfter";
            windowDaysAfter: number;
            minOverlapSeconds: number;
            airingSeconds: number;
            latencyHours: number;
            followUpDays: number;
            /** @description From exposure to onset at the latest: how far back a source is sought, and when a chain ended. */
            longestIncubation: {
                days: number;
                source: string;
            };
            contactRules?: {
                /** @description So long together makes a contact of somebody where both wore masks. */
                maskedSeconds: number;
                /** @description The same without masks; 0: any time at all. */
                unmaskedSeconds: number;
                /**
                 * @description Which of the two counts where nobody knows; `minOverlapSeconds` is that one.
                 * @enum {string}
                 */
                unknownMaskAs: "masked" | "unmasked";
                /** @description Being at the same place counts under a roof only; outside, only who was near is a contact. */
                closedSpaceOnly: boolean;
                /** @description How long the air of a place infects after the case has left, by how it is renewed. */
                airingSeconds: {
                    sealed: number;
                    conditioned: number;
                    natural: number;
                    open: number;
                };
                /** @description How sure a contact aboard a vehicle is, by the zones of the seats. */
                vehicleZones: {
                    same: number;
                    neighbouring: number;
                    apart: number;
                    unknown: number;
                };
            };
            caseDefinitions?: {
                /** @enum {string} */
                classification: "suspected" | "probable" | "confirmed" | "discarded";
                text: {
                    vi: string;
                    en: string;
                };
                source: string;
            }[];
            sources: string[];
            assumptions: {
                vi: string;
                en: string;
            };
        };
        Case: {
            /** Format: uuid */
            id: string;
            number: string;
            diseaseId: string;
            disease: {
                vi: string;
                en: string;
            };
            profileVersion: number;
            /** @enum {string} */
            status: "suspected" | "probable" | "confirmed" | "discarded";
            /** @enum {string} */
            origin: "imported" | "local" | "unknown";
            person: components["schemas"]["MaskedPerson"];
            area: components["schemas"]["AreaRef"];
            onsetOn: string | null;
            sampledOn: string | null;
            /** Format: date */
            confirmedOn: string;
            isolatedAt: string | null;
            window: {
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                to: string;
                /** @description Which date, which rule, which source; in the language of the reader. */
                reason: string;
            };
            note: string | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: string | null;
        };
        /** @description How somebody was known at a scan. */
        Known: {
            /**
             * @description By what: their own phone, a code of ours on a phone or on paper, another card, a number that the guard `vouched` for or that was `confirmed` by a code, an earlier scan of this place (`seen`), or a `line` of a paper list without a number.
             * @enum {string}
             */
            via: "own" | "phone-code" | "server-code" | "paper" | "cccd" | "bhyt" | "mic" | "tel" | "vouched" | "confirmed" | "seen" | "line" | "later";
            /** @description From a paper list, afterwards. */
            keyedIn: boolean;
            gate: string | null;
            stop: string | null;
            skewSeconds: number | null;
        };
        CaseStay: {
            place: {
                /** Format: uuid */
                id: string;
                code: string;
                name: string;
                kind: string;
                area: components["schemas"]["AreaRef"] | null;
                lat: number | null;
                lon: number | null;
            };
            /** Format: date-time */
            arrivedAt: string;
            /** Format: date-time */
            leftAt: string;
            /** @description Nobody recorded the exit: it is the usual time, or the next check-in elsewhere. */
            estimated: boolean;
            /** @description By which scan they came; null of a stay that was imported. */
            arrival: components["schemas"]["Known"] | null;
            /** @description By which scan they left, if it was recorded by one. */
            exit: components["schemas"]["Known"] | null;
        };
        SetAside: {
            place: {
                /** Format: uuid */
                id: string;
                code: string;
                name: string;
                kind: string;
                area: components["schemas"]["AreaRef"] | null;
                lat: number | null;
                lon: number | null;
            };
            /** @enum {string} */
            reason: "travel" | "crowd" | "closedHours" | "mismatch" | "farAway" | "copied" | "beforeIssue" | "takenBack";
            /** Format: date */
            on: string;
            /** Format: date-time */
            firstAt: string;
            /** Format: date-time */
            lastAt: string;
            /** @description How many scans that is of, up to 1000. */
            scans: number;
            /** @description There are more than were counted. */
            isMore: boolean;
            /** @enum {string} */
            direction: "in" | "out";
            /** @description By which scan the first was known. */
            known: components["schemas"]["Known"] | null;
        };
        /** @description Scans of that time that make no stay, because something about them cannot be: by day, place and reason, the earliest first. */
        SetAsides: {
            items: components["schemas"]["SetAside"][];
            next: string | null;
            /** @description Of every reason there is, whatever the list is narrowed to. */
            counts: {
                /** @enum {string} */
                reason: "travel" | "crowd" | "closedHours" | "mismatch" | "farAway" | "copied" | "beforeIssue" | "takenBack";
                /** @description How many scans that is of, up to 1000. */
                scans: number;
                /** @description There are more than were counted. */
                isMore: boolean;
            }[];
        };
        SetAsideScan: {
            place: {
                /** Format: uuid */
                id: string;
                code: string;
                name: string;
                kind: string;
                area: components["schemas"]["AreaRef"] | null;
                lat: number | null;
                lon: number | null;
            };
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            direction: "in" | "out";
            /** @enum {string} */
            reason: "travel" | "crowd" | "closedHours" | "mismatch" | "farAway" | "copied" | "beforeIssue" | "takenBack";
            known: components["schemas"]["Known"] | null;
        };
        InterviewForm: {
            id: string;
            version: number;
            /** @enum {string} */
            use: "interview";
            title: {
                vi: string;
                en: string;
            };
            area: string | null;
            /** Format: date */
            validFrom: string;
            validTo: string | null;
            screens: {
                key: string;
                title: {
                    vi: string;
                    en: string;
                };
            }[];
            questions: {
                key: string;
                screen: string;
                /** @enum {string} */
                kind: "text" | "choice" | "choices" | "yesNo" | "date" | "area" | "country";
                required: boolean;
                label: {
                    vi: string;
                    en: string;
                };
                help?: {
                    vi: string;
                    en: string;
                };
                /** @description Of a text, in characters; 500 unless said. */
                max?: number;
                choices?: {
                    value: string;
                    label: {
                        vi: string;
                        en: string;
                    };
                    /** @enum {string} */
                    signal?: "symptom" | "contact" | "travel";
                }[];
                showIf?: {
                    key: string;
                    equals: boolean | string;
                };
                /** @enum {string} */
                signal?: "symptom" | "contact" | "travel";
            }[];
            symptoms: {
                value: string;
                label: {
                    vi: string;
                    en: string;
                };
            }[];
            relations: {
                value: string;
                label: {
                    vi: string;
                    en: string;
                };
            }[];
            settings: {
                value: string;
                label: {
                    vi: string;
                    en: string;
                };
                confidence: number;
                /** @description Not an hour but the whole time: the window of the case. */
                lasting?: boolean;
            }[];
            placeConfidence: number;
            assumptions: {
                vi: string;
                en: string;
            };
            sources: string[];
        };
        DeclaredContact: {
            /** Format: uuid */
            id: string;
            person: components["schemas"]["MaskedPerson"];
            setting: string;
            settingName: {
                vi: string;
                en: string;
            } | null;
            place: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            masked: boolean | null;
            /** @enum {string} */
            source: "interview" | "declared";
            /** @description From 0 to 1. */
            confidence: number;
            interviewId: string | null;
            /** Format: date-time */
            recordedAt: string;
            recordedBy: string | null;
            withdrawnAt: string | null;
        };
        Interview: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            informant: "self" | "household" | "relative" | "colleague" | "health-worker" | "other";
            /** Format: date-time */
            heldAt: string;
            /** Format: date-time */
            recordedAt: string;
            recordedBy: string | null;
            formVersion: number;
            /** @description How many contacts came from it. */
            people: number;
            /** @description How many registered places without a scan. */
            places: number;
            withdrawnAt: string | null;
            formId: string;
            informantName: string | null;
            informantPhone: string | null;
            answers: {
                [key: string]: unknown;
            };
            symptoms: {
                symptom: string;
                /** Format: date */
                from: string;
                to: string | null;
            }[];
            visited: {
                name: string;
                address: string | null;
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                to: string;
                note: string | null;
                place: {
                    /** Format: uuid */
                    id: string;
                    name: string;
                    lat: number | null;
                    lon: number | null;
                } | null;
            }[];
            contacts: components["schemas"]["DeclaredContact"][];
            note: string | null;
            reason: string | null;
        };
        InterviewSummary: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            informant: "self" | "household" | "relative" | "colleague" | "health-worker" | "other";
            /** Format: date-time */
            heldAt: string;
            /** Format: date-time */
            recordedAt: string;
            recordedBy: string | null;
            formVersion: number;
            /** @description How many contacts came from it. */
            people: number;
            /** @description How many registered places without a scan. */
            places: number;
            withdrawnAt: string | null;
        };
        /** @description By which scan each of the two came; null of a stay that was imported. */
        BothKnown: {
            person: components["schemas"]["Known"] | null;
            with: components["schemas"]["Known"] | null;
        };
        CaseEdge: {
            person: components["schemas"]["MaskedPerson"];
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            setting: string;
            settingName: {
                vi: string;
                en: string;
            } | null;
            /** @enum {string} */
            source: "interview" | "declared" | "household" | "guest-list" | "scan";
            confidence: number;
            estimated: boolean;
            place: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
            known?: components["schemas"]["BothKnown"];
        };
        StartedTrace: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            status: "waiting" | "running" | "done" | "failed";
        };
        Trace: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            caseId: string;
            /**
             * @description What the case is called now; a trace of a discarded one stays as it is.
             * @enum {string}
             */
            caseStatus: "suspected" | "probable" | "confirmed" | "discarded";
            /** @enum {string} */
            status: "waiting" | "running" | "done" | "failed";
            /** @description Hops. */
            progress: {
                done: number;
                total: number;
            };
            parameters: {
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                to: string;
                minOverlapSeconds: number;
                airingSeconds: number;
                /** @description In place of `airingSeconds`, by how a place is aired; null where being there at the same time makes nobody a contact. */
                airingByVentilation?: {
                    sealed: number | null;
                    conditioned: number | null;
                    natural: number | null;
                    open: number | null;
                };
                hops: number;
                latencyHours: number;
                diseaseId: string;
                profileVersion: number;
                /** @enum {boolean} */
                beside?: true;
                /**
                 * @description Beyond the window that the case had.
                 * @enum {boolean}
                 */
                wider?: true;
                /** @description Why. */
                reason?: string;
            };
            counts: {
                hop: number;
                people: number;
                /** @description Of these, whom an edge beside the scans makes one. */
                beside?: number;
            }[];
            /** Format: date-time */
            askedAt: string;
            startedAt: string | null;
            finishedAt: string | null;
            /** @description When all of it was last looked for again, and was found the same. */
            lookedAt: string | null;
            /** @description When the list of a trace that nobody asked for, read or acted on began to be deleted, because a later one had taken its place. */
            listDeletedAt: string | null;
            problem: string | null;
            /** @description The trace that this one answers anew. */
            follows: string | null;
            /** @description Against the trace that it follows. */
            changes: {
                hop: number;
                entering: number;
                leaving: number;
                /** @description Who leaves, and who left before, is found no more and is still marked: `gone` of the list shows them. */
                gone: number;
            }[];
        };
        TraceEdge: {
            with: components["schemas"]["MaskedPerson"];
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            setting: string;
            settingName: {
                vi: string;
                en: string;
            } | null;
            /** @enum {string} */
            source: "interview" | "declared" | "household" | "guest-list" | "scan";
            confidence: number;
            estimated: boolean;
            place: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
        };
        TraceContact: {
            person: components["schemas"]["MaskedPerson"];
            hop: number;
            via: components["schemas"]["MaskedPerson"] | null;
            overlapSeconds: number;
            /** Format: date-time */
            firstAt: string;
            /** Format: date-time */
            lastAt: string;
            label: ("F1" | "F2" | "F3") | null;
            /** @description The trace that this one follows did not find them. */
            isNew: boolean;
            /** @description The exposures are found from the stays of today, and these changed since the list was made: they no longer give its time. */
            isChanged: boolean;
            /** @description Marked before; by this trace exposed later or found nearer. Marking them begins the watch anew. */
            toMarkAnew: boolean;
            exposures: {
                place: {
                    /** Format: uuid */
                    id: string;
                    name: string;
                    area: components["schemas"]["AreaRef"] | null;
                };
                with: components["schemas"]["MaskedPerson"] | null;
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                to: string;
                seconds: number;
                /** @description An exit that nobody recorded was estimated. */
                estimated: boolean;
                known: components["schemas"]["BothKnown"];
            }[];
            /** @description Their scans that count for nothing, where they were met and on that day. */
            setAside?: {
                place: {
                    /** Format: uuid */
                    id: string;
                    name: string;
                };
                /** Format: date */
                on: string;
                /** @enum {string} */
                reason: "travel" | "crowd" | "closedHours" | "mismatch" | "farAway" | "copied" | "beforeIssue" | "takenBack";
                /** @description How many scans that is of, up to 100. */
                scans: number;
                /** @description There are more than were counted. */
                isMore: boolean;
            }[];
            /** @description What else makes them a contact, the surest first; whom no scan saw has no exposures. */
            beside?: components["schemas"]["TraceEdge"][];
            /** @description Of who is found no more: how they stand, `label` being what they were marked as. */
            gone?: {
                /** @description An officer said that they are no contact any more. */
                isWithdrawn: boolean;
                followUp: ("toTrace" | "reached" | "refused" | "notFound" | "isolated" | "released") | null;
                endReason: ("watchOver" | "lost" | "officer" | "becameCase" | "noContact") | null;
                /** @description For which they are watched as well. */
                otherCases: number;
            };
        };
        TraceContactCounts: {
            /** @description Who match the filter, up to 1,000. */
            people: number;
            /** @description There are more than that. */
            isMore: boolean;
            /** @description Of all in the hop: not marked yet, or to be marked anew. */
            toMark: number;
            /** @description Contacts of the case whom the trace and later ones find no more, of all hops, and who can be taken back. 0 where it looked in less than the case has. */
            gone: number;
            /** @description By the hop in which they are found now: contacts who were marked nearer, and can be relabelled. None where nobody can be taken back. */
            farther: {
                hop: number;
                people: number;
            }[];
        };
        TracePlaces: {
            items: {
                place: {
                    /** Format: uuid */
                    id: string;
                    name: string;
                    area: components["schemas"]["AreaRef"] | null;
                };
                people: number;
            }[];
            next: string | null;
            /** @description false: a job is finding out where the people of this hop were met, in seconds. */
            isKnown: boolean;
            /** @description The job met an error, or was not done within an hour. It begins anew when it is asked for again. */
            isLost: boolean;
            /** @description How many of the hop have no place, because the stays changed since the trace: no narrowed list has them. */
            unplaced: number;
        };
        /** @description Contacts of the hops that the case was traced to, as it stands and as it would be. Nothing is kept. */
        WhatIfAnswer: {
            /**
             * @description The case was traced beside the scans, so this counts them as well.
             * @enum {boolean}
             */
            beside?: true;
            before: {
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                to: string;
                minOverlapSeconds: number;
                airingSeconds: number;
                /** @description In place of `airingSeconds`, by how a place is aired; null where being there at the same time makes nobody a contact. */
                airingByVentilation?: {
                    sealed: number | null;
                    conditioned: number | null;
                    natural: number | null;
                    open: number | null;
                };
                /** @description Of each hop that was traced. */
                counts: {
                    hop: number;
                    people: number;
                }[];
            };
            after: {
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                to: string;
                minOverlapSeconds: number;
                airingSeconds: number;
                /** @description In place of `airingSeconds`, by how a place is aired; null where being there at the same time makes nobody a contact. */
                airingByVentilation?: {
                    sealed: number | null;
                    conditioned: number | null;
                    natural: number | null;
                    open: number | null;
                };
                /** @description Of each hop that was traced. */
                counts: {
                    hop: number;
                    people: number;
                }[];
            };
            /** @description In none of the hops as the case stands. */
            entering: number;
            /** @description In none of the hops as it would be. */
            leaving: number;
            /** @description In another hop. */
            moving: number;
            /** @description The first hundred, by hop, the longest time first. */
            enters: {
                person: components["schemas"]["MaskedPerson"];
                hop: number;
                /** @description 0 of whom no scan knows. */
                overlapSeconds: number;
                /** Format: date-time */
                firstAt: string;
                /** Format: date-time */
                lastAt: string;
            }[];
            /** @description The first hundred, by hop, the longest time first. */
            leaves: {
                person: components["schemas"]["MaskedPerson"];
                hop: number;
                /** @description 0 of whom no scan knows. */
                overlapSeconds: number;
                /** Format: date-time */
                firstAt: string;
                /** Format: date-time */
                lastAt: string;
            }[];
            /** @description The first hundred, with the hop and the times that they would have. */
            moves: {
                person: components["schemas"]["MaskedPerson"];
                hop: number;
                /** @description 0 of whom no scan knows. */
                overlapSeconds: number;
                /** Format: date-time */
                firstAt: string;
                /** Format: date-time */
                lastAt: string;
                /** @description The hop in which they are as the case stands. */
                from: number;
            }[];
        };
        TraceBatch: {
            /** Format: uuid */
            id: string;
            /** @description Cases. */
            total: number;
            done: number;
            failed: number;
            /** @description Different contacts in all, once it is finished. */
            people: number;
            /** Format: date-time */
            askedAt: string;
            finishedAt: string | null;
        };
        TraceOfBatch: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            caseId: string;
            /** @description Of the case. */
            number: string;
            area: components["schemas"]["AreaRef"];
            /** @enum {string} */
            status: "waiting" | "running" | "done" | "failed";
            people: number;
            problem: string | null;
        };
        UntracedCase: {
            /** Format: uuid */
            id: string;
            number: string;
            /** @enum {string} */
            status: "suspected" | "probable" | "confirmed";
            area: components["schemas"]["AreaRef"];
            /** Format: date-time */
            createdAt: string;
        };
        UntracedCases: {
            items: components["schemas"]["UntracedCase"][];
            next: string | null;
            /** @description Of all pages. */
            total: number;
        };
        RenewedCase: {
            /** Format: uuid */
            id: string;
            number: string;
            area: components["schemas"]["AreaRef"];
            /** Format: uuid */
            traceId: string;
            /** Format: date-time */
            finishedAt: string;
            /** @description Who came onto the list since an officer last traced the case, of all hops. */
            entering: number;
        };
        RenewedCases: {
            items: components["schemas"]["RenewedCase"][];
            next: string | null;
        };
        Contact: {
            /** Format: uuid */
            id: string;
            person: components["schemas"]["MaskedPerson"];
            /** @enum {string} */
            label: "F1" | "F2" | "F3";
            /** Format: date-time */
            firstAt: string;
            /** Format: date-time */
            lastAt: string;
            /** Format: date-time */
            markedAt: string;
            /** @description none: no number is known, so somebody has to call on them. null: the message is being made. */
            reachedBy: ("sms" | "none") | null;
            toldAt: string | null;
            readAt: string | null;
            /** @description Since when the message counts no more: they were told that it was sent by mistake. */
            recalledAt: string | null;
            /** @description Since when they are no contact any more: the case was traced anew without them. */
            withdrawnAt: string | null;
            /** @description How far the sending is to which the message belongs. */
            sending: ("gathering" | "waiting" | "sending" | "sent" | "refused" | "stopped" | "recalling" | "recalled") | null;
        };
        ContactMarking: {
            /** Format: uuid */
            id: string;
            /** @description null: these are contacts of the case no more. */
            label: ("F1" | "F2" | "F3") | null;
            /** @description These were marked nearer before; `renewed` of them bear the label now. */
            isFarther: boolean;
            /** @enum {string} */
            status: "waiting" | "running" | "done" | "failed";
            /** @description People. */
            progress: {
                done: number;
                total: number;
            };
            marked: number;
            alreadyMarked: number;
            /** @description Of those already marked: exposed on a later day, or found nearer, and warned anew. */
            renewed: number;
            /** @description Who are contacts no more. */
            withdrawn: number;
            /** @description Of these, whose follow-up ended with it; the others are watched for another case. */
            ended: number;
            /** @description So many that a second officer has to release this sending first. */
            waitsFor: string | null;
            problem: string | null;
            /** Format: date-time */
            askedAt: string;
            finishedAt: string | null;
        };
        ContactCounts: {
            people: number;
            /** @description Others, who were contacts and are none any more. */
            withdrawn: number;
            /** @description By a message that stands. */
            told: number;
            /** @description Their message was taken back. */
            recalled: number;
            /** @description No number is known: somebody has to call on them. */
            unreachable: number;
            /** @description Their message is being made. */
            going: number;
            /** @description Nobody told them: a second officer decides, or it was stopped. */
            held: number;
            /** @description Have opened their warning. */
            read: number;
        };
        Warning: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            person: components["schemas"]["MaskedPerson"];
            disease: {
                vi: string;
                en: string;
            };
            title: string;
            /** @description What to do, a step each; in the language of the reader. */
            instructions: string[];
            /**
             * @description F1 were near a case, F2 and F3 near people who were.
             * @enum {string}
             */
            label: "F1" | "F2" | "F3";
            /** Format: date */
            exposedFrom: string;
            /** Format: date */
            exposedTo: string;
            /** Format: date */
            watchUntil: string;
            readAt: string | null;
            recalledAt: string | null;
        };
        WarningRun: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            caseId: string;
            caseNumber: string;
            disease: {
                vi: string;
                en: string;
            };
            area: components["schemas"]["AreaRef"];
            /** @enum {string} */
            status: "gathering" | "waiting" | "sending" | "sent" | "refused" | "stopped" | "recalling" | "recalled";
            people: number;
            /** @description People by how near they were. */
            labels: {
                F1: number;
                F2: number;
                F3: number;
            };
            /** @description So few that one officer sent them. */
            alone: boolean;
            asked: {
                /** Format: date-time */
                at: string;
                by: {
                    /** Format: uuid */
                    id: string;
                    name: string;
                };
                reason: string | null;
            } | null;
            decided: {
                /** Format: date-time */
                at: string;
                by: {
                    /** Format: uuid */
                    id: string;
                    name: string;
                };
                reason: string | null;
            } | null;
            stopped: {
                /** Format: date-time */
                at: string;
                by: {
                    /** Format: uuid */
                    id: string;
                    name: string;
                };
                reason: string | null;
            } | null;
            recalled: {
                /** Format: date-time */
                at: string;
                by: {
                    /** Format: uuid */
                    id: string;
                    name: string;
                };
                reason: string | null;
            } | null;
            counts: {
                unsent: number;
                /** @description In the outbox, with reminders to its people: a stop takes these back, too. */
                queued: number;
                delivered: number;
                /** @description No number is known: somebody has to call on them. */
                unreachable: number;
                recallTold: number;
            };
            /** @description The reader may release it: somebody else asked for it. */
            mayRelease: boolean;
        };
        WarningPreview: {
            /** @description To be warned: everybody reads it on their own page. */
            people: number;
            /** @description Of them, people whom a message reaches. */
            reached: number;
            /** @description To so many numbers: a family may share one. */
            numbers: number;
            /** @description The messages as they will leave, most people first within a label; each ends in the link to a page of its own. */
            texts: {
                /** @enum {string} */
                label: "F1" | "F2" | "F3";
                people: number;
                text: string;
            }[];
        };
        ExposurePoint: {
            id: string | null;
            /** @description 0: nobody has judged this stay. */
            version: number;
            /** @enum {string} */
            status: "open" | "confirmed" | "rejected";
            place: {
                /** Format: uuid */
                id: string;
                name: string;
                kind: string;
            } | null;
            placeText: string | null;
            area: components["schemas"]["AreaRef"] | null;
            stay: {
                /** Format: date-time */
                arrivedAt: string;
                /** Format: date-time */
                leftAt: string;
                estimated: boolean;
            } | null;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @enum {string} */
            setting: "closed" | "open" | "vehicle" | "unknown";
            note: string | null;
            /** @description Every judgement, the last one first. */
            history: {
                /** @enum {string} */
                status: "confirmed" | "rejected";
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                to: string;
                /** @enum {string} */
                setting: "closed" | "open" | "vehicle" | "unknown";
                placeText: string | null;
                note: string | null;
                by: string | null;
                /** Format: date-time */
                at: string;
            }[];
            notice: ("waiting" | "released") | null;
        };
        Notice: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            caseId: string;
            caseNumber: string;
            area: components["schemas"]["AreaRef"];
            disease: {
                vi: string;
                en: string;
            };
            /** @enum {string} */
            status: "waiting" | "released" | "refused" | "withdrawn";
            corrects: string | null;
            drafted: {
                /** Format: date-time */
                at: string;
                by: string;
                reason: string | null;
            } | null;
            decided: {
                /** Format: date-time */
                at: string;
                by: string;
                reason: string | null;
            } | null;
            withdrawn: {
                /** Format: date-time */
                at: string;
                by: string;
                reason: string | null;
            } | null;
            entries: {
                /** Format: uuid */
                id: string;
                place: string | null;
                area: components["schemas"]["AreaRef"];
                /** @enum {string} */
                precision: "place" | "area";
                because: ("kind" | "few" | "uncounted" | "wish") | null;
                visitors: number | null;
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                to: string;
                /** Format: date */
                expiresOn: string;
                withdrawnOn: string | null;
                withdrawnWhy: ("mistake" | "corrected") | null;
                /** @description Why this line, which everybody reads now, should be withdrawn: the case was discarded, the point rejected, or it is outside the infectious window as the dates stand now. */
                doubt: ("discarded" | "rejected" | "outside") | null;
            }[];
            /** @description The reader may release it: somebody else drafted it. */
            mayRelease: boolean;
        };
        PublicNotice: {
            /** Format: uuid */
            id: string;
            disease: {
                vi: string;
                en: string;
            };
            place: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
            area: components["schemas"]["AreaRef"];
            /** Format: date */
            day: string;
            /** Format: date */
            lastDay: string;
            from: string | null;
            to: string | null;
            withdrawnOn: string | null;
            withdrawnWhy: ("mistake" | "corrected") | null;
            /** Format: date */
            expiresOn: string;
        };
        /** @description A case beyond the reach of the reader has neither id nor number. */
        LinkedCase: {
            id: string | null;
            number: string | null;
            /** Format: date */
            beganOn: string;
        };
        LinkedPlace: {
            /** Format: uuid */
            id: string;
            code: string;
            name: string;
            area: components["schemas"]["AreaRef"] | null;
        };
        TransmissionLink: {
            /** Format: uuid */
            id: string;
            infector: components["schemas"]["LinkedCase"] | null;
            infected: components["schemas"]["LinkedCase"];
            place: components["schemas"]["LinkedPlace"] | null;
            exposedOn: string | null;
            /** @enum {string} */
            source: "officer" | "import" | "trace";
            /** @enum {string} */
            confidence: "confirmed" | "probable" | "possible";
            serialDays: number | null;
            /** Format: date-time */
            addedAt: string;
            addedBy: string | null;
            withdrawnAt: string | null;
            withdrawnBy: string | null;
            withdrawnBecause: ("mistake" | "disproved" | "replaced") | null;
        };
        SuggestedLink: {
            infector: components["schemas"]["LinkedCase"];
            /** @enum {string} */
            label: "F1" | "F2" | "F3";
            /** Format: date-time */
            firstAt: string;
            /** Format: date-time */
            lastAt: string;
            place: components["schemas"]["LinkedPlace"] | null;
            /** @description Together at that place, while the earlier case could infect. */
            seconds: number;
        };
        CaseLinks: {
            items: components["schemas"]["TransmissionLink"][];
            /** @description Earlier cases of whom this person was marked a contact, and no link says so yet. */
            suggestions: components["schemas"]["SuggestedLink"][];
            next: string | null;
        };
        PossibleSource: {
            place: components["schemas"]["LinkedPlace"];
            score: number;
            /** @description How the score came about; in the language of the reader. */
            why: string;
            /** @description Earlier cases that were there at the same time. */
            cases: number;
            seconds: number;
            meetings: {
                with: components["schemas"]["LinkedCase"];
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                to: string;
                seconds: number;
                /** @description An exit that nobody recorded was estimated. */
                estimated: boolean;
            }[];
        };
        PossibleSources: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @description In the language of the reader. */
            rule: string;
            /** @description With how many cases this one was compared. */
            earlierCases: number;
            items: components["schemas"]["PossibleSource"][];
            next: string | null;
        };
        Distribution: {
            n: number;
            mean: number | null;
            median: number | null;
            /** @description Of a sample: divided by n - 1. */
            sd: number | null;
            min: number | null;
            max: number | null;
            values: {
                value: number;
                count: number;
            }[];
        };
        Offspring: {
            cases: number;
            infections: number;
            mean: number | null;
            max: number;
            /** @description Of cases who infected nobody. */
            shareNone: number | null;
            /** @description Of infections that the fifth of the cases caused who infected most. */
            topFifthShare: number | null;
            counts: {
                infected: number;
                cases: number;
            }[];
        };
        Chain: {
            /** Format: date */
            asOf: string;
            disease: {
                vi: string;
                en: string;
            };
            diseaseId: string;
            /** @description Cases, also those beyond the reach of the reader. */
            size: number;
            /** @description Cases beyond the reach of the reader. */
            beyond: number;
            /** Format: date */
            firstOn: string;
            /** Format: date */
            lastOn: string;
            active: boolean;
            /**
             * Format: date
             * @description The last onset and twice the longest incubation.
             */
            endsOn: string;
            /** @description When the chain counts as ended, and why; in the language of the reader. */
            rule: string;
            /** @description The greatest distance of a case from a beginning. */
            generations: number;
            /** @description Cases among `nodes`: a very large chain is cut after so many. */
            shown: number;
            serialIntervals: components["schemas"]["Distribution"];
            offspring: components["schemas"]["Offspring"];
            nodes: {
                key: string;
                /** @enum {string} */
                kind: "case" | "event";
                caseId: string | null;
                label: string | null;
                area: string | null;
                /** @description Otherwise the day is that of the sample. */
                onsetKnown: boolean;
                /** Format: date */
                on: string;
                generation: number;
                infected: number;
            }[];
            links: {
                from: string;
                to: string;
                place: string | null;
                source: ("officer" | "import" | "trace") | null;
                confidence: ("confirmed" | "probable" | "possible") | null;
                serialDays: number | null;
            }[];
        };
        ChainSummary: {
            /** @description By whom the chain is called: the first case of it within reach. */
            case: {
                /** Format: uuid */
                id: string;
                number: string;
            };
            place: {
                name: string;
                cases: number;
            } | null;
            disease: {
                vi: string;
                en: string;
            };
            diseaseId: string;
            /** @description Cases, also those beyond the reach of the reader. */
            size: number;
            /** @description Cases beyond the reach of the reader. */
            beyond: number;
            /** Format: date */
            firstOn: string;
            /** Format: date */
            lastOn: string;
            active: boolean;
            /**
             * Format: date
             * @description The last onset and twice the longest incubation.
             */
            endsOn: string;
        };
        TransmissionFigures: {
            /** Format: date */
            asOf: string;
            serialIntervals: components["schemas"]["Distribution"];
            offspring: components["schemas"]["Offspring"];
            /** @description In the language of the reader. */
            definitions: string[];
        };
        SpreadingPlace: {
            place: components["schemas"]["LinkedPlace"];
            /** @description Cases of whom a link says that they were infected there. */
            infected: number;
            /** Format: date */
            firstOn: string;
            /** Format: date */
            lastOn: string;
            /**
             * Format: date
             * @description The first day on which any of them may have been exposed.
             */
            from: string;
            /**
             * Format: date
             * @description The last one.
             */
            to: string;
            /** @description People who were recorded there on these days, but who infected others there. */
            present: number;
            /** @description Those of them who became cases within the longest incubation. */
            ill: number;
            attackRate: number | null;
        };
        FollowUp: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            status: "toTrace" | "reached" | "refused" | "notFound" | "isolated" | "released";
            disease: {
                vi: string;
                en: string;
            };
            area: components["schemas"]["AreaRef"];
            sentTo: components["schemas"]["AreaRef"] | null;
            /**
             * @description The nearest that the person is to any of these cases.
             * @enum {string}
             */
            label: "F1" | "F2" | "F3";
            /** @description Cases that the person was near. */
            exposures: number;
            /** Format: date */
            exposedTo: string;
            /** Format: date */
            watchUntil: string;
            tries: number;
            lastTryAt: string | null;
            reachedAt: string | null;
            lastSeenOn: string | null;
            /** Format: date-time */
            nextAt: string;
            /** @description The moment of the next call has gone by. */
            late: boolean;
            /** @enum {string} */
            test: "none" | "needed" | "ordered" | "taken" | "negative" | "positive";
            /** @enum {string} */
            quarantine: "none" | "needed" | "ordered" | "done";
            /** Format: date-time */
            openedAt: string;
            endedAt: string | null;
            endReason: ("watchOver" | "lost" | "officer" | "becameCase" | "noContact") | null;
            person: components["schemas"]["MaskedPerson"];
        };
        FollowUpCount: {
            /** @description Over all pages of the list. */
            people: number;
            /** @description A line list of more people is refused. */
            mostInFile: number;
        };
        CallSheet: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            status: "toTrace" | "reached" | "refused" | "notFound" | "isolated" | "released";
            disease: {
                vi: string;
                en: string;
            };
            area: components["schemas"]["AreaRef"];
            sentTo: components["schemas"]["AreaRef"] | null;
            /**
             * @description The nearest that the person is to any of these cases.
             * @enum {string}
             */
            label: "F1" | "F2" | "F3";
            /** @description Cases that the person was near. */
            exposures: number;
            /** Format: date */
            exposedTo: string;
            /** Format: date */
            watchUntil: string;
            tries: number;
            lastTryAt: string | null;
            reachedAt: string | null;
            lastSeenOn: string | null;
            /** Format: date-time */
            nextAt: string;
            /** @description The moment of the next call has gone by. */
            late: boolean;
            /** @enum {string} */
            test: "none" | "needed" | "ordered" | "taken" | "negative" | "positive";
            /** @enum {string} */
            quarantine: "none" | "needed" | "ordered" | "done";
            /** Format: date-time */
            openedAt: string;
            endedAt: string | null;
            endReason: ("watchOver" | "lost" | "officer" | "becameCase" | "noContact") | null;
            person: components["schemas"]["Person"];
            /** @description What to tell the person; nothing in it names the case. */
            instructions: string[];
            met: {
                caseNumber: string;
                caseId: string | null;
                /** @enum {string} */
                label: "F1" | "F2" | "F3";
                /** Format: date-time */
                firstAt: string;
                /** Format: date-time */
                lastAt: string;
                places: string[];
                /** @description When their warning of it was taken back. */
                recalledAt: string | null;
            }[];
            /** @description Newest first. */
            events: {
                /** @enum {string} */
                kind: "opened" | "exposed" | "farther" | "attempt" | "instructed" | "test" | "quarantine" | "planned" | "sent" | "received" | "returned" | "withdrawn" | "released";
                /** Format: date-time */
                at: string;
                /** Format: date-time */
                recordedAt: string;
                by: string | null;
                channel: ("phone" | "visit" | "sms") | null;
                outcome: string | null;
                area: string | null;
                caseNumber: string | null;
                note: string | null;
            }[];
        };
        WrittenEntry: {
            written: number;
            /** @description Messages on their way. */
            sent: number;
            /** @description No number that takes messages is known. */
            unreachable: number;
        };
        SentHandOvers: {
            ids: string[];
            sent: number;
        };
        HandOver: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            direction: "in" | "out" | "within";
            from: components["schemas"]["AreaRef"];
            to: components["schemas"]["AreaRef"];
            disease: {
                vi: string;
                en: string;
            };
            /** Format: date-time */
            sentAt: string;
            /** Format: date-time */
            dueAt: string;
            sentBy: string | null;
            people: number;
            /** @description As who these people are watched now: counts of all of them, never names. */
            labels: {
                /** @enum {string} */
                label: "F1" | "F2" | "F3";
                people: number;
            }[];
            waiting: number;
            received: number;
            returned: number;
            withdrawn: number;
            /** @description Received, or still waiting, after it was due. */
            lateReceipts: number;
            lastAnswer: {
                /** Format: date-time */
                at: string;
                by: string | null;
            } | null;
            /** @description How those stand who were received: counts, never names. */
            statuses: {
                /** @enum {string} */
                status: "toTrace" | "reached" | "refused" | "notFound" | "isolated" | "released";
                people: number;
            }[];
        };
        HandOverLine: {
            /** Format: uuid */
            followUpId: string;
            person: components["schemas"]["MaskedPerson"];
            /** @enum {string} */
            label: "F1" | "F2" | "F3";
            /** Format: date */
            exposedTo: string;
            /** Format: date */
            watchUntil: string;
            answer: ("received" | "returned" | "withdrawn") | null;
            answeredAt: string | null;
            reason: ("notHere" | "moved" | "unknownPerson" | "other") | null;
        };
        AnsweredHandOver: {
            answered: number;
            alreadyAnswered: number;
            /** @description Of those answered. */
            labels: {
                /** @enum {string} */
                label: "F1" | "F2" | "F3";
                people: number;
            }[];
        };
        FollowUpFigures: {
            due24h: number;
            traced24h: number;
            watched: number;
            seen: number;
            lost: number;
            cases: number;
            knownCases: number;
        };
        FollowUpReport: {
            /** Format: date */
            on: string;
            /** Format: date-time */
            asOf: string;
            area: components["schemas"]["AreaRef"];
            totals: components["schemas"]["FollowUpFigures"];
            rows: {
                area: components["schemas"]["AreaRef"];
                due24h: number;
                traced24h: number;
                watched: number;
                seen: number;
                lost: number;
                cases: number;
                knownCases: number;
            }[];
            definitionsVersion: number;
            definitions: {
                [key: string]: {
                    vi: string;
                    en: string;
                };
            };
        };
        Desk: {
            /** @description People to call today with whom nobody has spoken today. */
            toCall: number;
            /** @description People whose watch ends today, or should have ended and waits for something. */
            ending: number;
            /** @description What was handed over to the units within reach and waits for a receipt. */
            handOvers: {
                batches: number;
                people: number;
                /** @description Batches. */
                late: number;
            };
            /** @description What the units within reach sent and others have not received yet. */
            handedOn: {
                batches: number;
                people: number;
                /** @description Batches. */
                late: number;
            };
            notices: {
                /** @description Wait for the reader: somebody else asks for a second officer. */
                toRelease: number;
                /** @description The reader's own, which wait for somebody else. */
                own: number;
                /** @description Published, with a line that rests on nothing any more. */
                toWithdraw: number;
            };
            warnings: {
                /** @description Wait for the reader: somebody else asks for a second officer. */
                toRelease: number;
                /** @description The reader's own, which wait for somebody else. */
                own: number;
            };
        };
        PublicZone: {
            /** Format: uuid */
            id: string;
            name: string;
            number: string | null;
            area: components["schemas"]["AreaRef"];
            units: components["schemas"]["AreaRef"][];
            geometry: {
                /** @enum {string} */
                type: "Polygon";
                coordinates: [
                    number,
                    number
                ][][];
            } | null;
            /** @enum {string} */
            level: "watch" | "limited" | "sealed";
            levelLabel: {
                vi: string;
                en: string;
            };
            measures: string;
            closedKinds: string[];
            /** Format: date-time */
            startsAt: string;
            /** Format: date-time */
            endsAt: string;
            /** @enum {string} */
            state: "notified" | "inForce";
        };
        ZoneRules: {
            version: number;
            /** Format: date */
            validFrom: string;
            validTo: string | null;
            noticeHours: number;
            mostDays: number;
            legalBasis: string[];
            levels: {
                /** @enum {string} */
                code: "watch" | "limited" | "sealed";
                label: {
                    vi: string;
                    en: string;
                };
                text: {
                    vi: string;
                    en: string;
                };
            }[];
            recipients: string[];
            sources: string[];
            assumptions: {
                vi: string;
                en: string;
            };
        };
        ZoneSuggestion: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /** @description Cases of the period within the reader's reach, and their contacts, each person once. */
            total: {
                cases: number;
                contacts: number;
                /** @description Live outside the area of the authority: not to be covered. */
                outside: number;
                /** @description Their commune is not known. */
                unknown: number;
                /** @description People who live in the area and are contacts of cases beyond the reader's reach: in none of these numbers. */
                beyond: number;
            };
            /** @description As few communes as reach the share. */
            units: {
                area: components["schemas"]["AreaRef"];
                people: number;
                households: number;
                places: number;
                cases: number;
                contacts: number;
            }[];
            /** @description The share that they reach, of those within reach who live in the area. */
            covered: number;
            circle: {
                shape: {
                    /** @enum {string} */
                    kind: "circle";
                    center: {
                        lat: number;
                        lon: number;
                    };
                    radiusMetres: number;
                };
                places: number;
                /** @description Of visits of cases to places with a position: each case once a place. */
                covered: number;
            } | null;
        };
        ZoneCounts: {
            people: number;
            households: number;
            places: number;
            cases: number;
            contacts: number;
            /** @description false: an area was drawn. A residence is known by commune alone, so people, households, cases and contacts are those of its communes: at most so many. */
            isWhole: boolean;
            /** @description Places of these communes without a position: not counted in a drawn area. */
            placesUnplaced: number;
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            units: {
                area: components["schemas"]["AreaRef"];
                people: number;
                households: number;
                places: number;
                cases: number;
                contacts: number;
            }[];
            definitions: {
                [key: string]: {
                    vi: string;
                    en: string;
                };
            };
        };
        Zone: {
            /** Format: uuid */
            id: string;
            version: number;
            name: string;
            number: string | null;
            area: components["schemas"]["AreaRef"];
            /** @enum {string} */
            level: "watch" | "limited" | "sealed";
            /** @enum {string} */
            state: "draft" | "proposed" | "ordered" | "notified" | "inForce" | "expired" | "lifted";
            /** Format: date-time */
            startsAt: string;
            /** Format: date-time */
            endsAt: string;
            clock: {
                /** @enum {string} */
                kind: "notice" | "start" | "end";
                /** Format: date-time */
                at: string;
            } | null;
            diseaseId: string | null;
            disease: {
                vi: string;
                en: string;
            } | null;
            measures: string;
            legalBasis: string;
            closedKinds: string[];
            units: components["schemas"]["AreaRef"][];
            shape: ({
                /** @enum {string} */
                kind: "circle";
                center: {
                    lat: number;
                    lon: number;
                };
                radiusMetres: number;
            } | {
                /** @enum {string} */
                kind: "polygon";
                points: {
                    lat: number;
                    lon: number;
                }[];
            }) | null;
            geometry: {
                /** @enum {string} */
                type: "Polygon";
                coordinates: [
                    number,
                    number
                ][][];
            } | null;
            noticeHours: number;
            /**
             * Format: date-time
             * @description The latest moment of the notice, without an exception.
             */
            noticeBy: string;
            orderedAt: string | null;
            notifiedAt: string | null;
            exceptionReason: string | null;
            liftedAt: string | null;
            counts: components["schemas"]["ZoneCounts"];
            /** @description Other zones, not lifted or over, of some of its units and of some of its time. */
            overlaps: {
                /** Format: uuid */
                id: string;
                name: string;
                number: string | null;
                /** @enum {string} */
                state: "draft" | "proposed" | "ordered" | "notified" | "inForce" | "expired" | "lifted";
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                to: string;
                units: components["schemas"]["AreaRef"][];
            }[];
            history: {
                /** Format: date-time */
                at: string;
                by: string;
                /** @enum {string} */
                action: "draft" | "edit" | "propose" | "return" | "order" | "notify" | "extend" | "lift";
                reason: string | null;
                details: {
                    [key: string]: unknown;
                };
            }[];
            /** @description What the reader may do with it now. */
            may: ("edit" | "propose" | "return" | "order" | "notify" | "extend" | "lift")[];
        };
        ZoneSummary: {
            /** Format: uuid */
            id: string;
            version: number;
            name: string;
            number: string | null;
            area: components["schemas"]["AreaRef"];
            /** @enum {string} */
            level: "watch" | "limited" | "sealed";
            /** @enum {string} */
            state: "draft" | "proposed" | "ordered" | "notified" | "inForce" | "expired" | "lifted";
            /** Format: date-time */
            startsAt: string;
            /** Format: date-time */
            endsAt: string;
            clock: {
                /** @enum {string} */
                kind: "notice" | "start" | "end";
                /** Format: date-time */
                at: string;
            } | null;
            units: components["schemas"]["AreaRef"][];
            isDrawn: boolean;
            overlaps: number;
        };
        Figures: {
            places: number;
            newPlaces: number;
            activePlaces: number;
            scansIn: number;
            scansOut: number;
            peopleChecked: number;
            declarations: number | null;
            cases: number | null;
        };
        ReportRow: {
            area: components["schemas"]["AreaRef"];
            places: number;
            newPlaces: number;
            activePlaces: number;
            scansIn: number;
            scansOut: number;
            peopleChecked: number;
            declarations: number | null;
            cases: number | null;
        };
        DailyReport: {
            /** Format: date */
            on: string;
            area: components["schemas"]["AreaRef"];
            sectors: {
                code: string;
                label: {
                    vi: string;
                    en: string;
                };
            }[] | null;
            totals: components["schemas"]["Figures"];
            rows: components["schemas"]["ReportRow"][];
            definitionsVersion: number;
            definitions: {
                [key: string]: {
                    vi: string;
                    en: string;
                };
            };
        };
        OwnReading: {
            /**
             * Format: date-time
             * @description The last time on that day.
             */
            at: string;
            /** @description How often on that day. */
            count: number;
            person: components["schemas"]["MaskedPerson"];
            office: {
                role: string;
                area: components["schemas"]["AreaRef"];
            }[];
            action: string;
            reason: string;
        };
        Reading: {
            /** Format: date-time */
            at: string;
            reader: {
                login: string;
                name: string;
                office: {
                    role: string;
                    area: components["schemas"]["AreaRef"];
                }[];
            };
            action: string;
            person: components["schemas"]["MaskedPerson"];
            reason: string;
            caseId: string | null;
            caseNumber: string | null;
        };
        AuditEntry: {
            /** Format: date-time */
            at: string;
            actorKind: string;
            actorName: string | null;
            action: string;
            subjectId: string | null;
            details: {
                [key: string]: unknown;
            };
        };
        Site: {
            demo: boolean;
            name: string;
        };
        Outbox: {
            items: {
                to: string;
                text: string;
                /** Format: date-time */
                at: string;
            }[];
        };
        DemoCast: {
            items: {
                login: string;
                password: string;
                name: string;
                role: string;
                area: components["schemas"]["AreaRef"];
                does: string;
            }[];
            people: {
                name: string;
                phone: string;
                does: string;
            }[];
            places: {
                name: string;
                code: string;
                checkInUrl: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAreas: {
        parameters: {
            query?: {
                parent?: string;
                /** @description The day asked about; today unless given. */
                on?: string;
                level?: number;
                /** @description Part of a name. Diacritics count when there are any. */
                q?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Area"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getArea: {
        parameters: {
            query?: {
                /** @description The day asked about; today unless given. */
                on?: string;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Area"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAreaSuccessors: {
        parameters: {
            query?: {
                /** @description A day on which the code was in force; the last such day unless given. */
                from?: string;
                /** @description The day asked about; today unless given. */
                on?: string;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AreaSuccessors"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBoundaries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `vn` for the provinces, or the code of a province for its communes. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description TopoJSON, in degrees (WGS 84). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Topology"];
                };
            };
            /** @description Default Response */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    login: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestPhoneCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As people write it: 0905 123 456, +84905123456, or a foreign number with +. */
                    phone: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhoneChallenge"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmPhone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    challengeId: string;
                    code: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhoneSession"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyPeople: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Person"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registerPerson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @description 1900 to now. */
                    birthYear?: number;
                    /** Format: date */
                    birthOn?: string;
                    /** @enum {string} */
                    sex?: "male" | "female" | "other";
                    /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                    areaCode?: string;
                    address?: string;
                    /** @description As people write it: 0905 123 456, +84905123456, or a foreign number with +. */
                    phone?: string;
                    documentNumber?: string;
                    healthInsuranceNumber?: string;
                    /** @description ISO 3166-1, e.g. VN. */
                    nationality?: string;
                    /** @enum {string} */
                    relation?: "self" | "child" | "parent" | "other";
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readPerson: {
        parameters: {
            query: {
                reason: "case" | "followUp" | "audit";
                caseId?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    /** @description 1900 to now. */
                    birthYear?: number;
                    /** Format: date */
                    birthOn?: string;
                    /** @enum {string} */
                    sex?: "male" | "female" | "other";
                    /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                    areaCode?: string;
                    address?: string;
                    documentNumber?: string;
                    healthInsuranceNumber?: string;
                    /** @description ISO 3166-1, e.g. VN. */
                    nationality?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchPeople: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As people write it: 0905 123 456, +84905123456, or a foreign number with +. */
                    phone?: string;
                    documentNumber?: string;
                    name?: string;
                    /** @enum {string} */
                    reason: "case" | "followUp" | "audit";
                    /** Format: uuid */
                    caseId?: string;
                    limit?: number;
                    cursor?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["FoundPerson"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMyCard: {
        parameters: {
            query?: {
                personId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Card"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyDevices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Device"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registerDevice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Ed25519, 32 bytes in base64. The other half never leaves the phone. */
                    publicKey: string;
                    /** @description Of my people; none named: all of them. */
                    personIds?: string[];
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceCodes"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeMyDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of a phone or a paper card. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeDevicesOf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPaperCard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaperCardInUse"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    issuePaperCard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaperCard"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    printPaperCard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of a phone or a paper card. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokePaperCard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of a phone or a paper card. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPaperCardSheets: {
        parameters: {
            query: {
                /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                areaCode: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PrintedSheet"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    printPaperCardSheets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                    areaCode?: string;
                    personIds?: string[];
                    /** @description What the named people are called together: by it they can be printed again. */
                    listName?: string;
                    /**
                     * Format: uuid
                     * @description New cards for everybody of this list who has one in use; the old ones are revoked.
                     */
                    listId?: string;
                    /** @description Of a unit also those who hold a phone; else only who has none of their own. */
                    withPhones?: boolean;
                    /**
                     * Format: date-time
                     * @description Prints the cards of the unit that were made at that moment again, as they are.
                     */
                    issuedAt?: string;
                    /** @description With `issuedAt`: new cards instead, and those are revoked. */
                    renewed?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPaperCardLists: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CardList"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPlaceKinds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PlaceKind"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    findPublicPlace: {
        parameters: {
            query?: {
                /** @description Version and signature of a poster. */
                p?: string;
                /** @description Time and signature of a code on a screen. */
                s?: string;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicPlace"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyPlaces: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["OwnPlace"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPlaces: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                area?: string;
                kind?: string;
                /** @description Part of the name or address, with or without diacritics. */
                q?: string;
                state?: "open" | "closed";
                sort?: "name" | "-name" | "createdAt" | "-createdAt";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Place"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registerPlace: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    kind: string;
                    /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                    areaCode: string;
                    address: string;
                    /** @description As people write it: 0905 123 456, +84905123456, or a foreign number with +. */
                    phone: string;
                    sector?: string;
                    lat?: number;
                    lon?: number;
                    /** @description How many people it holds. */
                    capacity?: number;
                    /** @description When it is open; a day left out is a day off. */
                    hours?: components["schemas"]["OpeningDay"][];
                    plate?: string;
                    route?: string;
                    operator?: string;
                    /** @description Parts of a vehicle that are told apart, for example A1-A20. */
                    zones?: string[];
                    /** Format: date-time */
                    startsAt?: string;
                    /** Format: date-time */
                    endsAt?: string;
                    expectedGuests?: number;
                    host?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Place"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readPlace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Place"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePlace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    address?: string;
                    /** @description As people write it: 0905 123 456, +84905123456, or a foreign number with +. */
                    phone?: string;
                    lat?: number | null;
                    lon?: number | null;
                    capacity?: number | null;
                    hours?: components["schemas"]["OpeningDay"][] | null;
                    plate?: string;
                    route?: string | null;
                    operator?: string | null;
                    /** @description Parts of a vehicle that are told apart, for example A1-A20. */
                    zones?: string[];
                    /** Format: date-time */
                    startsAt?: string;
                    /** Format: date-time */
                    endsAt?: string;
                    expectedGuests?: number | null;
                    host?: string | null;
                    /** @description true closes the place, false opens it again. */
                    closed?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Place"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPoster: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPosterCode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPosters: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PosterVersion"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replacePoster: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PosterVersion"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readScreenCode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScreenCode"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listGates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Gate"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addGate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @enum {string} */
                    direction: "in" | "out" | "both";
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gate"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeGate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEventGuests: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["MaskedPerson"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addEventGuests: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    guests: {
                        name: string;
                        /** @description As people write it: 0905 123 456, +84905123456, or a foreign number with +. */
                        phone?: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddedGuests"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeEventGuest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                personId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTrips: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Trip"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startTrip: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    from: string;
                    to: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trip"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endTrip: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                tripId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {boolean} */
                    ended: true;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trip"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listGuards: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Guard"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addGuard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As people write it: 0905 123 456, +84905123456, or a foreign number with +. */
                    phone: string;
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Guard"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeGuard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                guardId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listForms: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["FormSummary"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getForm: {
        parameters: {
            query?: {
                version?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Form"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendDeclaration: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    id?: string;
                    formId: string;
                    formVersion: number;
                    /** Format: uuid */
                    personId: string;
                    /** @description By the key of the question. What was not asked is left out. */
                    answers: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Declaration"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyDeclarations: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                personId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Declaration"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMyStatus: {
        parameters: {
            query?: {
                personId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryDecision"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEntryHolds: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["EntryHold"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    liftEntryHolds: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recordVisit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As typed, or the address from the poster. */
                    placeCode: string;
                    /** @enum {string} */
                    direction: "in" | "out";
                    /** Format: date-time */
                    at: string;
                    /** Format: uuid */
                    personId?: string;
                    /** @description How far the phone is from the place at least; the phone finds out by itself and keeps to itself where it is. */
                    metresAway?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitResult"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recordScans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    scans: components["schemas"]["Scan"][];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScanResults"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getGateFacts: {
        parameters: {
            query?: {
                /** @description The version of the list of revoked codes that the gate has: it is told what came since. */
                since?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateFacts"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestPhoneCodeAtGate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As people write it: 0905 123 456, +84905123456, or a foreign number with +. */
                    phone: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhoneChallenge"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmPhoneAtGate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    challengeId: string;
                    code: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    declareAtGate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** @description For the `person.id` of a scan of the last 30 minutes. Name, birth year and area are taken only where the record lacks them; where a number was typed they have to come along, and a record that somebody has takes nothing. */
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    id?: string;
                    formId: string;
                    formVersion: number;
                    /** Format: uuid */
                    personId: string;
                    /** @description By the key of the question. What was not asked is left out. */
                    answers: {
                        [key: string]: unknown;
                    };
                    name?: string;
                    birthYear?: number;
                    /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                    areaCode?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryDecision"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    undoScans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    scans: {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        placeId: string;
                    }[];
                    /**
                     * Format: date-time
                     * @description When the guard asked for it, where the line was down then: in the last 24 hours, and for 100 scans of a place.
                     */
                    undoneAt?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UndoneScans"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyVisits: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                personId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Visit"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyInside: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Inside"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPlaceToday: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Today"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCaseClassifications: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CaseClassification"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    classifyCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: uuid
                     * @description The classification that was in force when this one was decided; another one since is a conflict.
                     */
                    after: string;
                    /** @enum {string} */
                    classification: "suspected" | "probable" | "confirmed" | "discarded";
                    /** @enum {string} */
                    origin?: "imported" | "local" | "unknown";
                    /** Format: date */
                    validFrom?: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseClassification"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCaseDateChanges: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CaseDateChange"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLabResults: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["LabResult"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recordLabResult: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date */
                    sampledOn: string;
                    /** @enum {string} */
                    kind: "pcr" | "rapid" | "antibody" | "culture" | "sequencing" | "other";
                    /** @enum {string} */
                    result: "positive" | "negative" | "indeterminate" | "invalid";
                    laboratory: string;
                    /** @description Of a PCR: the cycle threshold. */
                    ct?: number;
                    /** Format: date-time */
                    receivedAt?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LabResult"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawLabResult: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LabResult"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDiseaseProfiles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DiseaseProfile"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCases: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                area?: string;
                disease?: string;
                status?: "suspected" | "probable" | "confirmed" | "discarded";
                /** @description Part of the number. */
                q?: string;
                sort?: "createdAt" | "-createdAt" | "number" | "-number" | "onsetOn" | "-onsetOn";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Case"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmCase: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    personId: string;
                    diseaseId: string;
                    /** Format: date */
                    onsetOn?: string;
                    /** Format: date */
                    sampledOn?: string;
                    /** Format: date */
                    confirmedOn?: string;
                    /**
                     * @description confirmed, unless said.
                     * @enum {string}
                     */
                    classification?: "suspected" | "probable" | "confirmed";
                    /** @enum {string} */
                    origin?: "imported" | "local" | "unknown";
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    onsetOn?: string | null;
                    sampledOn?: string | null;
                    isolatedAt?: string | null;
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCaseStays: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CaseStay"][];
                        setAside: components["schemas"]["SetAsides"];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSetAside: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                reason?: "travel" | "crowd" | "closedHours" | "mismatch" | "farAway" | "copied" | "beforeIssue" | "takenBack";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Scans of that time that make no stay, because something about them cannot be: by day, place and reason, the earliest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetAsides"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSetAsideScans: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                reason?: "travel" | "crowd" | "closedHours" | "mismatch" | "farAway" | "copied" | "beforeIssue" | "takenBack";
                place?: string;
                on?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SetAsideScan"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listInterviewForms: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["InterviewForm"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listInterviews: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["InterviewSummary"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recordInterview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    formId: string;
                    formVersion: number;
                    /** @enum {string} */
                    informant: "self" | "household" | "relative" | "colleague" | "health-worker" | "other";
                    informantName?: string;
                    /** @description As people write it: 0905 123 456, +84905123456, or a foreign number with +. */
                    informantPhone?: string;
                    /** Format: date-time */
                    heldAt?: string;
                    answers: {
                        [key: string]: unknown;
                    };
                    symptoms?: {
                        symptom: string;
                        /** Format: date */
                        from: string;
                        to?: string | null;
                    }[];
                    /** @description Where the case was without a scan. With the code of a registered place it joins the graph. */
                    places?: {
                        name: string;
                        address?: string;
                        /** Format: date-time */
                        from: string;
                        /** Format: date-time */
                        to: string;
                        note?: string;
                        placeCode?: string;
                    }[];
                    people?: {
                        /** Format: uuid */
                        personId?: string;
                        name?: string;
                        /** @description As people write it: 0905 123 456, +84905123456, or a foreign number with +. */
                        phone?: string;
                        birthYear?: number;
                        /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                        areaCode?: string;
                        relation?: string;
                        setting: string;
                        /** Format: date-time */
                        from?: string;
                        /** Format: date-time */
                        to?: string;
                        masked?: boolean | null;
                        confidence?: number;
                        placeCode?: string;
                        note?: string;
                    }[];
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Interview"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readInterview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Interview"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawInterview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Interview"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeclaredContacts: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                setting?: string;
                withdrawn?: boolean;
                sort?: "from" | "-from" | "confidence" | "-confidence" | "recordedAt" | "-recordedAt";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DeclaredContact"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    declareContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    personId?: string;
                    name?: string;
                    /** @description As people write it: 0905 123 456, +84905123456, or a foreign number with +. */
                    phone?: string;
                    birthYear?: number;
                    /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                    areaCode?: string;
                    relation?: string;
                    setting: string;
                    /** Format: date-time */
                    from?: string;
                    /** Format: date-time */
                    to?: string;
                    masked?: boolean | null;
                    confidence?: number;
                    placeCode?: string;
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeclaredContact"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawDeclaredContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeclaredContact"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCaseEdges: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CaseEdge"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTraces: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Trace"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    traceCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** @description What is left out comes from the case: its window, and the profile of its disease. */
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date-time */
                    from?: string;
                    /** Format: date-time */
                    to?: string;
                    minOverlapSeconds?: number;
                    airingSeconds?: number;
                    hops?: number;
                    /** @description Also by declared contacts, households and guest lists; false unless said. Later hops go on from these people too. */
                    beside?: boolean;
                    /** @description Why a window is wider than from the longest incubation before the illness began to the end of the infectious window; the auditor reads it. */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedTrace"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readTrace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trace"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTraceContacts: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                hop?: number;
                /** @description Only those whom the trace before did not find. */
                new?: boolean;
                /** @description Only those whom an edge beside the scans makes one. */
                beside?: boolean;
                /** @description Only those who are no contacts of the case yet. */
                unmarked?: boolean;
                /** @description Only those whose line names this place. This and `sure` are known once `/traces/{id}/places` says so of the hop. */
                place?: string;
                /** @description Only those whose line rests on exits that were all recorded, partly or all estimated; or who were not scanned. */
                sure?: "recorded" | "partly" | "estimated" | "told";
                /** @description In place of those found, who was on the list that this trace follows and is found no more, as that list has them. */
                gone?: boolean;
                /** @description Only contacts who were marked nearer than this trace finds them, and whom no later one finds nearer. */
                farther?: boolean;
                sort?: "overlapSeconds" | "-overlapSeconds" | "firstAt" | "-firstAt" | "lastAt" | "-lastAt";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TraceContact"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    countTraceContacts: {
        parameters: {
            query?: {
                hop?: number;
                /** @description Only those whom the trace before did not find. */
                new?: boolean;
                /** @description Only those whom an edge beside the scans makes one. */
                beside?: boolean;
                /** @description Only those who are no contacts of the case yet. */
                unmarked?: boolean;
                /** @description Only those whose line names this place. This and `sure` are known once `/traces/{id}/places` says so of the hop. */
                place?: string;
                /** @description Only those whose line rests on exits that were all recorded, partly or all estimated; or who were not scanned. */
                sure?: "recorded" | "partly" | "estimated" | "told";
                /** @description In place of those found, who was on the list that this trace follows and is found no more, as that list has them. */
                gone?: boolean;
                /** @description Only contacts who were marked nearer than this trace finds them, and whom no later one finds nearer. */
                farther?: boolean;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TraceContactCounts"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTracePlaces: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                hop?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TracePlaces"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    placeTraceAgain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    hop: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TracePlaces"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askWhatIf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    onsetOn?: string | null;
                    sampledOn?: string | null;
                    isolatedAt?: string | null;
                    minOverlapSeconds?: number;
                    airingSeconds?: number;
                    /** @description A stay of the case, and when it would have ended. */
                    stay?: {
                        /** Format: uuid */
                        placeId: string;
                        /** Format: date-time */
                        arrivedAt: string;
                        /** Format: date-time */
                        leftAt: string;
                    };
                    /** @description Why a window is wider than from the longest incubation before the illness began to the end of the infectious window; the auditor reads it. */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Contacts of the hops that the case was traced to, as it stands and as it would be. Nothing is kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WhatIfAnswer"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTraceBatches: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TraceBatch"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    traceCases: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    caseIds: string[];
                    /** @description Also by declared contacts, households and guest lists; false unless said. Later hops go on from these people too. */
                    beside?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TraceBatch"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryTraceBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TraceBatch"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTracesOfBatch: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TraceOfBatch"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUntracedCases: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                from?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UntracedCases"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRenewedCases: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RenewedCases"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readTraceBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TraceBatch"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listContacts: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                reachedBy?: "sms" | "none";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Contact"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    markContacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** @description People of the hop that the label says (F1: hop 1), by name or all of them. Without a trace: of those beside the scans (`/cases/{id}/edges`), who are F1. */
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    traceId?: string;
                    personIds?: string[];
                    /** @enum {boolean} */
                    all?: true;
                    /** @enum {string} */
                    label: "F1" | "F2" | "F3";
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactMarking"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactMarking"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    countContacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactCounts"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyWarnings: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Warning"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openMyWarning: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Warning"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawContacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** @description People marked whom the trace finds no more (`gone` of its list), by name or all of them. */
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    traceId: string;
                    personIds?: string[];
                    /** @enum {boolean} */
                    all?: true;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactMarking"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactMarking"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    relabelContacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** @description People marked nearer than the trace finds them (`farther` of its list) in the hop of the label, by name or all of them. */
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    traceId: string;
                    personIds?: string[];
                    /** @enum {boolean} */
                    all?: true;
                    /** @enum {string} */
                    label: "F2" | "F3";
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactMarking"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactMarking"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listContactMarkings: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ContactMarking"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readContactMarking: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactMarking"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryContactMarking: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactMarking"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWarningRuns: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                status?: "gathering" | "waiting" | "sending" | "sent" | "refused" | "stopped" | "recalling" | "recalled";
                /** @description Those that wait for the reader, or the reader's own, which wait for somebody else. */
                show?: "toRelease" | "own";
                sort?: "-askedAt" | "askedAt" | "-people" | "people";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WarningRun"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readWarningRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarningRun"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewWarnings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarningPreview"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    releaseWarnings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarningRun"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refuseWarnings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarningRun"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askForWarningsAgain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarningRun"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stopWarnings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarningRun"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recallWarnings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarningRun"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listExposurePoints: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ExposurePoint"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    judgeStay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** @description A stay of the case (placeId, arrivedAt), or a place without a code (placeText, areaCode). */
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    status: "confirmed" | "rejected";
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    to: string;
                    /** @enum {string} */
                    setting?: "closed" | "open" | "vehicle" | "unknown";
                    note?: string;
                    /** Format: uuid */
                    placeId?: string;
                    /** Format: date-time */
                    arrivedAt?: string;
                    placeText?: string;
                    /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                    areaCode?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExposurePoint"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    judgeExposurePoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    status: "confirmed" | "rejected";
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    to: string;
                    /** @enum {string} */
                    setting?: "closed" | "open" | "vehicle" | "unknown";
                    note?: string;
                    /** @description The one that the officer saw. */
                    version: number;
                    placeText?: string;
                    /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                    areaCode?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExposurePoint"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    draftNotice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    points: {
                        /** Format: uuid */
                        id: string;
                        /** @description Only the commune and the day, even where the rule would let more pass. */
                        coarse?: boolean;
                    }[];
                    /**
                     * Format: uuid
                     * @description The released notice that this one takes the place of.
                     */
                    corrects?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notice"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNotices: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                status?: "waiting" | "released" | "refused" | "withdrawn";
                /** @description Drafts that wait for the reader; the reader's own, which wait for somebody else; published ones with a line that should be withdrawn. */
                show?: "toRelease" | "own" | "toWithdraw";
                caseId?: string;
                sort?: "-draftedAt" | "draftedAt";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Notice"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readNotice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notice"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    releaseNotice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notice"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refuseNotice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notice"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawNotice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notice"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPublicNotices: {
        parameters: {
            query?: {
                day?: string;
                q?: string;
                /** @description How many days a page holds. */
                days?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PublicNotice"][];
                        next: string | null;
                    };
                };
            };
            /** @description Default Response */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCaseLinks: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseLinks"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** @description From which case, at which place, or both. */
        requestBody: {
            content: {
                "application/json": {
                    infectorNumber?: string;
                    placeCode?: string;
                    /** Format: date */
                    exposedOn?: string;
                    /** @enum {string} */
                    confidence: "confirmed" | "probable" | "possible";
                    /** @description Confirms what a trace suggested: the source of the link is the trace. */
                    suggested?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransmissionLink"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    because: "mistake" | "disproved" | "replaced";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransmissionLink"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPossibleSources: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PossibleSources"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readChain: {
        parameters: {
            query?: {
                /** @description Cases that fell ill later do not count. Today unless asked. */
                asOf?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chain"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listChains: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description Cases that fell ill later do not count. Today unless asked. */
                asOf?: string;
                /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                area?: string;
                disease?: string;
                status?: "active" | "ended";
                minSize?: number;
                sort?: "size" | "-size" | "firstOn" | "-firstOn" | "lastOn" | "-lastOn";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ChainSummary"][];
                        /** Format: date */
                        asOf: string;
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readTransmission: {
        parameters: {
            query: {
                /** @description Cases that fell ill later do not count. Today unless asked. */
                asOf?: string;
                disease: string;
                /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                area?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransmissionFigures"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSpreadingPlaces: {
        parameters: {
            query: {
                limit?: number;
                cursor?: string;
                /** @description Cases that fell ill later do not count. Today unless asked. */
                asOf?: string;
                disease: string;
                /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                area?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SpreadingPlace"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFollowUps: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                state?: "open" | "ended";
                /** @description late, today: the next call; unseen: today, and nobody has spoken with them today; ending: the watch ends today, or should have. */
                due?: "late" | "today" | "unseen" | "ending";
                status?: "toTrace" | "reached" | "refused" | "notFound" | "isolated" | "released";
                label?: "F1" | "F2" | "F3";
                exposedOn?: string;
                caseId?: string;
                /** @description How the numbers of the cases begin. */
                caseNumber?: string;
                /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                area?: string;
                /** @description The rows of an indicator of the day `on`, open or ended; `state` does not matter then. */
                measure?: "due24h" | "traced24h" | "watched" | "seen" | "lost" | "knownCases";
                on?: string;
                sort?: "nextAt" | "-nextAt" | "watchUntil" | "-watchUntil" | "exposedTo" | "-exposedTo";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["FollowUp"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchFollowUps: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    limit?: number;
                    cursor?: string;
                    /** @enum {string} */
                    state?: "open" | "ended";
                    /**
                     * @description late, today: the next call; unseen: today, and nobody has spoken with them today; ending: the watch ends today, or should have.
                     * @enum {string}
                     */
                    due?: "late" | "today" | "unseen" | "ending";
                    /** @enum {string} */
                    status?: "toTrace" | "reached" | "refused" | "notFound" | "isolated" | "released";
                    /** @enum {string} */
                    label?: "F1" | "F2" | "F3";
                    /** Format: date */
                    exposedOn?: string;
                    /** Format: uuid */
                    caseId?: string;
                    /** @description How the numbers of the cases begin. */
                    caseNumber?: string;
                    /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                    area?: string;
                    /**
                     * @description The rows of an indicator of the day `on`, open or ended; `state` does not matter then.
                     * @enum {string}
                     */
                    measure?: "due24h" | "traced24h" | "watched" | "seen" | "lost" | "knownCases";
                    /** Format: date */
                    on?: string;
                    /** @enum {string} */
                    sort?: "nextAt" | "-nextAt" | "watchUntil" | "-watchUntil" | "exposedTo" | "-exposedTo";
                    /** @description As people write it: 0905 123 456, +84905123456, or a foreign number with +. */
                    phone?: string;
                    /** @description Any words of it, with or without diacritics. */
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["FollowUp"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    countFollowUps: {
        parameters: {
            query?: {
                state?: "open" | "ended";
                /** @description late, today: the next call; unseen: today, and nobody has spoken with them today; ending: the watch ends today, or should have. */
                due?: "late" | "today" | "unseen" | "ending";
                status?: "toTrace" | "reached" | "refused" | "notFound" | "isolated" | "released";
                label?: "F1" | "F2" | "F3";
                exposedOn?: string;
                caseId?: string;
                /** @description How the numbers of the cases begin. */
                caseNumber?: string;
                /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                area?: string;
                /** @description The rows of an indicator of the day `on`, open or ended; `state` does not matter then. */
                measure?: "due24h" | "traced24h" | "watched" | "seen" | "lost" | "knownCases";
                on?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowUpCount"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openCallSheet: {
        parameters: {
            query: {
                reason: "case" | "followUp";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallSheet"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recordFollowUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One entry for one or many people: all of it is written, or nothing. */
        requestBody: {
            content: {
                "application/json": {
                    followUpIds: string[];
                    attempt?: {
                        /** @enum {string} */
                        channel: "phone" | "visit";
                        /** @enum {string} */
                        outcome: "reached" | "ill" | "noAnswer" | "wrongNumber" | "refused" | "notFound" | "isolated";
                        /**
                         * Format: date-time
                         * @description Of a sheet keyed in later; else now.
                         */
                        at?: string;
                    };
                    /** @enum {boolean} */
                    instruct?: true;
                    /** @enum {string} */
                    test?: "none" | "needed" | "ordered" | "taken" | "negative" | "positive";
                    /** @enum {string} */
                    quarantine?: "none" | "needed" | "ordered" | "done";
                    /** Format: date-time */
                    nextAt?: string;
                    /** @enum {boolean} */
                    release?: true;
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenEntry"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    orderLineList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Everybody in the file has been read, for this reason. */
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    state?: "open" | "ended";
                    /**
                     * @description late, today: the next call; unseen: today, and nobody has spoken with them today; ending: the watch ends today, or should have.
                     * @enum {string}
                     */
                    due?: "late" | "today" | "unseen" | "ending";
                    /** @enum {string} */
                    status?: "toTrace" | "reached" | "refused" | "notFound" | "isolated" | "released";
                    /**
                     * @description Unless said, and unless people are named: F1 in the F1 form, all in the other.
                     * @enum {string}
                     */
                    label?: "F1" | "F2" | "F3" | "all";
                    /** Format: date */
                    exposedOn?: string;
                    /** Format: uuid */
                    caseId?: string;
                    /** @description How the numbers of the cases begin. */
                    caseNumber?: string;
                    /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                    area?: string;
                    /**
                     * @description The rows of an indicator of the day `on`, open or ended; `state` does not matter then.
                     * @enum {string}
                     */
                    measure?: "due24h" | "traced24h" | "watched" | "seen" | "lost" | "knownCases";
                    /** Format: date */
                    on?: string;
                    followUpIds?: string[];
                    /** @description Of a list that is longer than a file: which 5,000, by the day of the last contact. Without it such a list is refused. */
                    part?: number;
                    /** @enum {string} */
                    form: "f1" | "who";
                    /** @enum {string} */
                    format: "csv" | "xlsx" | "pdf";
                    /** @enum {string} */
                    reason: "case" | "followUp";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "application/pdf": string;
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listHandOvers: {
        parameters: {
            query: {
                limit?: number;
                cursor?: string;
                direction: "in" | "out";
                state?: "waiting" | "late";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["HandOver"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendHandOver: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    followUpIds: string[];
                    /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                    areaCode: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentHandOvers"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listHandOverLines: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["HandOverLine"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    answerHandOver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** @description Of the named people, or of all who wait. A return says why. */
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    answer: "received" | "returned" | "withdrawn";
                    followUpIds?: string[];
                    /** @enum {string} */
                    reason?: "notHere" | "moved" | "unknownPerson" | "other";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnsweredHandOver"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readFollowUpReport: {
        parameters: {
            query?: {
                on?: string;
                /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                area?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowUpReport"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readDesk: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Desk"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPublicZones: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                area?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PublicZone"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getZoneRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ZoneRules"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    suggestZone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The unit whose authority orders the zone. */
                    areaCode: string;
                    /** Format: date */
                    from?: string;
                    /** Format: date */
                    to?: string;
                    diseaseId?: string;
                    /** @description Only these, e.g. those of a chain. */
                    caseIds?: string[];
                    /**
                     * Format: uuid
                     * @description Only the case of this trace.
                     */
                    traceId?: string;
                    /** @description Of the cases and contacts to be covered. */
                    share: number;
                    /** @enum {string} */
                    of?: "cases" | "contacts" | "both";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ZoneSuggestion"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    countZone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The unit whose authority orders the zone. */
                    areaCode: string;
                    unitCodes?: string[];
                    /** @description A drawn area. The zone is what of it lies within the communes that it touches. */
                    shape?: {
                        /** @enum {string} */
                        kind: "circle";
                        center: {
                            lat: number;
                            lon: number;
                        };
                        radiusMetres: number;
                    } | {
                        /** @enum {string} */
                        kind: "polygon";
                        points: {
                            lat: number;
                            lon: number;
                        }[];
                    };
                    /** Format: date */
                    from?: string;
                    /** Format: date */
                    to?: string;
                    diseaseId?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ZoneCounts"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listZones: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                area?: string;
                state?: "draft" | "proposed" | "ordered" | "notified" | "inForce" | "expired" | "lifted";
                /** @description Of a time that touches this day. */
                on?: string;
                /** @description Part of the name or the number. */
                q?: string;
                sort?: "startsAt" | "-startsAt" | "endsAt" | "-endsAt" | "name" | "-name";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ZoneSummary"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    draftZone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The unit whose authority orders the zone. */
                    areaCode: string;
                    unitCodes?: string[];
                    /** @description A drawn area. The zone is what of it lies within the communes that it touches. */
                    shape?: {
                        /** @enum {string} */
                        kind: "circle";
                        center: {
                            lat: number;
                            lon: number;
                        };
                        radiusMetres: number;
                    } | {
                        /** @enum {string} */
                        kind: "polygon";
                        points: {
                            lat: number;
                            lon: number;
                        }[];
                    };
                    name: string;
                    /** @description Against which disease; the order names it, and its cases are counted. */
                    diseaseId?: string;
                    /** @enum {string} */
                    level: "watch" | "limited" | "sealed";
                    measures: string;
                    legalBasis?: string;
                    /** @description Kinds of places that let nobody in meanwhile. */
                    closedKinds?: string[];
                    /** Format: date-time */
                    startsAt: string;
                    /** Format: date-time */
                    endsAt: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Zone"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readZone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Zone"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    editZone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The unit whose authority orders the zone. */
                    areaCode: string;
                    unitCodes?: string[];
                    /** @description A drawn area. The zone is what of it lies within the communes that it touches. */
                    shape?: {
                        /** @enum {string} */
                        kind: "circle";
                        center: {
                            lat: number;
                            lon: number;
                        };
                        radiusMetres: number;
                    } | {
                        /** @enum {string} */
                        kind: "polygon";
                        points: {
                            lat: number;
                            lon: number;
                        }[];
                    };
                    name: string;
                    /** @description Against which disease; the order names it, and its cases are counted. */
                    diseaseId?: string;
                    /** @enum {string} */
                    level: "watch" | "limited" | "sealed";
                    measures: string;
                    legalBasis?: string;
                    /** @description Kinds of places that let nobody in meanwhile. */
                    closedKinds?: string[];
                    /** Format: date-time */
                    startsAt: string;
                    /** Format: date-time */
                    endsAt: string;
                    /** @description Of the zone as the caller saw it; one that changed since is left alone. */
                    version: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Zone"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    printZoneOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposeZone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of the zone as the caller saw it; one that changed since is left alone. */
                    version: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Zone"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    returnZone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of the zone as the caller saw it; one that changed since is left alone. */
                    version: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Zone"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    orderZone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of the zone as the caller saw it; one that changed since is left alone. */
                    version: number;
                    number: string;
                    exceptionReason?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Zone"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    notifyZone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of the zone as the caller saw it; one that changed since is left alone. */
                    version: number;
                    exceptionReason?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Zone"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    extendZone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of the zone as the caller saw it; one that changed since is left alone. */
                    version: number;
                    /** Format: date-time */
                    endsAt: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Zone"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    liftZone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of the zone as the caller saw it; one that changed since is left alone. */
                    version: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Zone"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readDailyReport: {
        parameters: {
            query?: {
                on?: string;
                /** @description Code of a unit: province 2, district 3, commune 5 digits. */
                area?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DailyReport"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyReadings: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["OwnReading"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReadings: {
        parameters: {
            query?: {
                personId?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Reading"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                action?: string;
                subjectId?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditEntry"][];
                        next: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSite: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Site"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readDemoOutbox: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outbox"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDemoCast: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DemoCast"];
                };
            };
            /** @description What went wrong, and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
