package dev.sluice.lowcode.activation;

import static dev.sluice.lowcode.activation.Vendor.at;
import static dev.sluice.lowcode.activation.Vendor.json;
import static dev.sluice.lowcode.activation.Vendor.map;

import dev.sluice.lowcode.activation.Sending.Wish;
import dev.sluice.lowcode.activation.Vendor.Limits;
import dev.sluice.lowcode.activation.Vendor.Proof;
import dev.sluice.lowcode.activation.Vendor.Reading;
import dev.sluice.lowcode.source.FakeService.Reply;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The systems of the definitions that are shipped, each as its vendor documents it. */
final class Vendors {
    private static final Reply TOO_MANY = Reply.status(429, Map.of("Retry-After", "3"));
    private static final Proof BEARER = new Proof("Authorization", "Bearer token");

    private Vendors() {}

    static Stream<Vendor> all() {
        return Stream.of(
                hubspotCompanies(),
                hubspotContacts(),
                salesforce(),
                zendesk(),
                klaviyo(),
                mailchimp(),
                customerIo(),
                braze(),
                airtable(),
                directus(),
                intercom(),
                slack());
    }

    private static Function<Object, List<Object>> list(String... path) {
        return body -> Values.items(at(body, path));
    }

    private static Function<Object, List<Object>> one(String... path) {
        return body -> List.of(at(body, path));
    }

    private static Function<Object, Object> member(String... path) {
        return record -> at(record, path);
    }

    private static final String PROPERTIES = """
        {"results": [
          {"name": "email", "label": "Email", "type": "string", "fieldType": "text", "options": [],
           "modificationMetadata": {"readOnlyValue": false}},
          {"name": "code", "label": "Code", "type": "string", "fieldType": "text", "hasUniqueValue": true,
           "options": [], "modificationMetadata": {"readOnlyValue": false}},
          {"name": "name", "label": "Name", "type": "string", "fieldType": "text", "options": [],
           "modificationMetadata": {"readOnlyValue": false}},
          {"name": "stage", "label": "Stage", "type": "enumeration", "fieldType": "select",
           "options": [{"label": "New", "value": "new"}], "modificationMetadata": {"readOnlyValue": false}},
          {"name": "createdate", "label": "Created", "type": "datetime", "fieldType": "date", "options": [],
           "modificationMetadata": {"readOnlyValue": true}}]}\
        """;

    private static final Map<String, Object> HUBSPOT =
            Map.of("credentials", Map.of("type", "private_app", "access_token", "token"));

    /** 207 with the errors beside the results, each naming its record by the trace id that was sent along. */
    private static Vendor hubspotCompanies() {
        return new Vendor(
                "hubspot",
                HUBSPOT,
                Wish.upsert("companies", "code", "code", "name"),
                BEARER,
                Map.of("/crm/v3/properties/companies", PROPERTIES),
                new Limits(
                        "POST /crm/v3/objects/companies/batch/upsert",
                        100,
                        TOO_MANY,
                        "VALIDATION_ERROR: Property values were not valid"),
                new Reading(
                        list("inputs"),
                        member("id"),
                        member("properties", "name"),
                        (records, bad) -> {
                            List<Object> errors = new ArrayList<>();
                            bad.forEach(place -> errors.add(map(
                                    "status", "error",
                                    "category", "VALIDATION_ERROR",
                                    "message", "Property values were not valid",
                                    "context",
                                            map(
                                                    "objectWriteTraceId",
                                                    List.of(at(records.get(place), "objectWriteTraceId"))))));
                            return json(
                                    bad.isEmpty() ? 200 : 207,
                                    map("status", "COMPLETE", "results", List.of(), "errors", errors));
                        },
                        true));
    }

    /** Contacts by their e-mail: one that is wrong spoils the whole request. */
    private static Vendor hubspotContacts() {
        return new Vendor(
                "hubspot",
                HUBSPOT,
                Wish.upsert("contacts", "email", "email", "name"),
                BEARER,
                Map.of("/crm/v3/properties/contacts", PROPERTIES),
                new Limits(
                        "POST /crm/v3/objects/contacts/batch/upsert",
                        100,
                        TOO_MANY,
                        "REFUSED: HTTP 400: Property values were not valid"),
                new Reading(
                        list("inputs"),
                        member("id"),
                        member("properties", "name"),
                        (_, bad) -> bad.isEmpty()
                                ? json(200, map("status", "COMPLETE", "results", List.of()))
                                : json(
                                        400,
                                        map(
                                                "status", "error",
                                                "message", "Property values were not valid",
                                                "category", "VALIDATION_ERROR",
                                                "errors",
                                                        List.of(map(
                                                                "message", "Name is not allowed", "code", "INVALID")))),
                        false));
    }

    private static Vendor salesforce() {
        return new Vendor(
                "salesforce",
                Map.of("client_id", "id", "client_secret", "s3cret"),
                Wish.upsert("Account", "Ref__c", "Ref__c", "Name"),
                BEARER,
                Map.of(
                        "/services/oauth2/token",
                        "{\"access_token\": \"token\", \"expires_in\": 7200}",
                        "/services/data/v62.0/sobjects",
                        "{\"sobjects\": [{\"name\": \"Account\", \"label\": \"Account\", \"createable\": true}]}",
                        "/services/data/v62.0/sobjects/Account/describe",
                        """
                        {"fields": [
                          {"name": "Id", "type": "id", "createable": false, "updateable": false},
                          {"name": "Name", "type": "string", "createable": true, "nillable": false},
                          {"name": "Ref__c", "type": "string", "createable": true, "nillable": true, "externalId": true}]}\
                        """),
                new Limits(
                        "PATCH /services/data/v62.0/composite/sobjects/Account/Ref__c",
                        200,
                        Reply.status(503, Map.of()),
                        "STRING_TOO_LONG: data value too large"),
                new Reading(
                        list("records"),
                        member("Ref__c"),
                        member("Name"),
                        (records, bad) -> {
                            List<Object> results = new ArrayList<>();
                            for (int i = 0; i < records.size(); i++) {
                                results.add(
                                        bad.contains(i)
                                                ? map(
                                                        "success",
                                                        false,
                                                        "errors",
                                                        List.of(map(
                                                                "statusCode", "STRING_TOO_LONG",
                                                                "message", "data value too large",
                                                                "fields", List.of("Name"))))
                                                : map(
                                                        "id", "001", "success", true, "created", true, "errors",
                                                        List.of()));
                            }
                            return json(200, results);
                        },
                        true));
    }

    private static Vendor zendesk() {
        return new Vendor(
                "zendesk",
                Map.of("subdomain", "x", "email", "a@x.org", "api_token", "token"),
                Wish.upsert("users", "email", "email", "name"),
                new Proof("Authorization", "Basic YUB4Lm9yZy90b2tlbjp0b2tlbg=="),
                Map.of(),
                new Limits(
                        "POST /api/v2/users/create_or_update.json",
                        1,
                        TOO_MANY,
                        "REFUSED: Record validation errors; Name: is not allowed"),
                new Reading(
                        one("user"),
                        member("email"),
                        member("name"),
                        (_, bad) -> bad.isEmpty()
                                ? json(201, map("user", map("id", 1L)))
                                : json(
                                        422,
                                        map(
                                                "error",
                                                "RecordInvalid",
                                                "description",
                                                "Record validation errors",
                                                "details",
                                                map("name", List.of(map("description", "Name: is not allowed"))))),
                        false));
    }

    private static Vendor klaviyo() {
        return new Vendor(
                "klaviyo",
                Map.of("api_key", "token"),
                Wish.upsert("profiles", "email", "email", "first_name"),
                new Proof("Authorization", "Klaviyo-API-Key token"),
                Map.of(),
                new Limits(
                        "POST /api/profile-import/",
                        1,
                        TOO_MANY,
                        "REFUSED: Invalid name (/data/attributes/first_name)"),
                new Reading(
                        one("data", "attributes"),
                        member("email"),
                        member("first_name"),
                        (_, bad) -> bad.isEmpty()
                                ? json(201, map("data", map("type", "profile", "id", "1")))
                                : json(
                                        400,
                                        map(
                                                "errors",
                                                List.of(map(
                                                        "detail",
                                                        "Invalid name",
                                                        "source",
                                                        map("pointer", "/data/attributes/first_name"))))),
                        false));
    }

    private static Vendor mailchimp() {
        return new Vendor(
                "mailchimp",
                Map.of("api_key", "key-us1", "audience", "a1"),
                Wish.upsert("members", "email_address", "email_address", "FNAME"),
                new Proof("Authorization", "Basic c2x1aWNlOmtleS11czE="),
                Map.of(
                        "/3.0/lists/a1/merge-fields",
                        "{\"merge_fields\": [{\"tag\": \"FNAME\", \"name\": \"First Name\", \"type\": \"text\"}]}"),
                new Limits("POST /3.0/lists/a1", 500, TOO_MANY, "ERROR_GENERIC: looks fake or invalid"),
                new Reading(
                        list("members"),
                        member("email_address"),
                        member("merge_fields", "FNAME"),
                        (records, bad) -> {
                            List<Object> errors = new ArrayList<>();
                            bad.forEach(place -> errors.add(map(
                                    "email_address", at(records.get(place), "email_address"),
                                    "error", "looks fake or invalid",
                                    "error_code", "ERROR_GENERIC",
                                    "field", "",
                                    "field_message", "")));
                            return json(200, map("new_members", List.of(), "errors", errors));
                        },
                        true));
    }

    private static Vendor customerIo() {
        return new Vendor(
                "customer-io",
                Map.of("site_id", "site", "api_key", "token"),
                Wish.upsert("people", "id", "id", "name"),
                new Proof("Authorization", "Basic c2l0ZTp0b2tlbg=="),
                Map.of(),
                new Limits("POST /api/v2/batch", 1000, TOO_MANY, "invalid: name is not allowed"),
                new Reading(
                        list("batch"),
                        member("identifiers", "id"),
                        member("attributes", "name"),
                        (records, bad) -> {
                            List<Object> errors = new ArrayList<>();
                            bad.forEach(place -> errors.add(map(
                                    "batch_index", (long) place,
                                    "reason", "invalid",
                                    "field", "attributes",
                                    "message", "name is not allowed")));
                            int status = bad.isEmpty() ? 200 : bad.size() == records.size() ? 400 : 207;
                            return json(status, bad.isEmpty() ? map() : map("errors", errors));
                        },
                        true));
    }

    private static Vendor braze() {
        return new Vendor(
                "braze",
                Map.of("api_key", "token"),
                Wish.upsert("users", "external_id", "external_id", "first_name"),
                BEARER,
                Map.of(),
                new Limits(
                        "POST /users/track",
                        75,
                        Reply.status(429, Map.of("X-RateLimit-Reset", "1767323050")),
                        "REFUSED: 'first_name' is not valid"),
                new Reading(
                        list("attributes"),
                        member("external_id"),
                        member("first_name"),
                        (_, bad) -> {
                            List<Object> errors = new ArrayList<>();
                            bad.forEach(place -> errors.add(map(
                                    "type", "'first_name' is not valid",
                                    "input_array", "attributes",
                                    "index", (long) place)));
                            return json(201, map("message", "success", "errors", errors));
                        },
                        true));
    }

    private static Vendor airtable() {
        return new Vendor(
                "airtable",
                Map.of("token", "token", "base", "app1"),
                Wish.upsert("People", "Email", "Email", "Name"),
                BEARER,
                Map.of("/v0/meta/bases/app1/tables", """
                    {"tables": [{"id": "tbl1", "name": "People", "fields": [
                      {"name": "Email", "type": "email"}, {"name": "Name", "type": "singleLineText"},
                      {"name": "Sum", "type": "formula"}]}]}\
                    """),
                new Limits(
                        "PATCH /v0/app1/People",
                        10,
                        Reply.status(429, Map.of()),
                        "REFUSED: INVALID_VALUE_FOR_COLUMN: Field \"Name\" cannot accept the provided value"),
                new Reading(
                        list("records"),
                        member("fields", "Email"),
                        member("fields", "Name"),
                        (_, bad) -> bad.isEmpty()
                                ? json(200, map("records", List.of()))
                                : json(
                                        422,
                                        map(
                                                "error",
                                                map(
                                                        "type",
                                                        "INVALID_VALUE_FOR_COLUMN",
                                                        "message",
                                                        "Field \"Name\" cannot accept the provided value"))),
                        false));
    }

    /** An import keeps all or nothing, and tells the reason as if the server had failed. */
    private static Vendor directus() {
        return new Vendor(
                "directus",
                Map.of("token", "token"),
                Wish.upsert("contacts", "email", "email", "name"),
                BEARER,
                Map.of("/collections", """
                    {"data": [{"collection": "contacts", "meta": {}, "schema": {"name": "contacts"}},
                      {"collection": "directus_users", "meta": {"system": true}, "schema": {"name": "directus_users"}}]}\
                    """, "/fields/contacts", """
                    {"data": [
                      {"field": "email", "type": "string", "schema": {"is_primary_key": true, "is_nullable": false}, "meta": {}},
                      {"field": "name", "type": "string", "schema": {"is_nullable": true}, "meta": {"required": true}}]}\
                    """),
                new Limits(
                        "POST /utils/import/contacts",
                        50,
                        TOO_MANY,
                        "FAILED_VALIDATION: Validation failed for field \"name\"."),
                new Reading(
                        list(),
                        member("email"),
                        member("name"),
                        (_, bad) -> bad.isEmpty()
                                ? new Reply(200, Map.of(), "")
                                : json(
                                        500,
                                        map(
                                                "errors",
                                                List.of(map(
                                                        "message",
                                                        "DirectusError [FAILED_VALIDATION]: Validation failed for field"
                                                                + " \"name\".",
                                                        "extensions",
                                                        map("code", "INTERNAL_SERVER_ERROR"))))),
                        false));
    }

    private static Vendor intercom() {
        return new Vendor(
                "intercom",
                Map.of("access_token", "token"),
                Wish.upsert("companies", "company_id", "company_id", "name"),
                BEARER,
                Map.of(),
                new Limits(
                        "POST /companies",
                        1,
                        Reply.status(429, Map.of("X-RateLimit-Reset", "1767323050")),
                        "REFUSED: parameter_invalid: name is invalid"),
                new Reading(
                        one(),
                        member("company_id"),
                        member("name"),
                        (_, bad) -> bad.isEmpty()
                                ? json(200, map("type", "company"))
                                : json(
                                        400,
                                        map(
                                                "errors",
                                                List.of(map(
                                                        "code", "parameter_invalid", "message", "name is invalid")))),
                        false));
    }

    /** It says of everything that it went well, and what went wrong in the body. */
    private static Vendor slack() {
        return new Vendor(
                "slack",
                Map.of("token", "token"),
                Wish.insert("messages", "channel", "text"),
                BEARER,
                Map.of(),
                new Limits("POST /api/chat.postMessage", 1, TOO_MANY, "REFUSED: channel_not_found"),
                new Reading(
                        one(),
                        member("channel"),
                        member("text"),
                        (_, bad) -> bad.isEmpty()
                                ? json(200, map("ok", true))
                                : json(200, map("ok", false, "error", "channel_not_found")),
                        false));
    }
}
