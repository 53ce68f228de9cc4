package dev.sluice.lowcode.activation;

import static dev.sluice.lowcode.activation.Vendor.at;
import static dev.sluice.lowcode.activation.Vendor.json;
import static dev.sluice.lowcode.activation.Vendor.map;

import dev.sluice.lowcode.source.FakeService.Asked;
import dev.sluice.lowcode.source.FakeService.Reply;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Systems that do large loads as jobs, as their vendors document it: a job is made, does its work later, and tells then what became of
 * the records. Those whose name is {@code bad} are refused.
 */
final class BulkVendors {
    /** How the next job of Salesforce ends; usually well. */
    enum End {
        WELL,
        BEFORE_IT_BEGAN,
        IN_THE_MIDDLE
    }

    private final List<Object> taken = new CopyOnWriteArrayList<>();
    private final Map<String, List<Object>> jobs = new ConcurrentHashMap<>();
    private final Map<String, String> states = new ConcurrentHashMap<>();
    private volatile End end = End.WELL;
    private volatile boolean forgetsStart;

    List<Object> taken() {
        return taken;
    }

    int jobs() {
        return states.size();
    }

    /** Answers the next request that sets a job off as if it had failed. */
    void forgetNextStart() {
        forgetsStart = true;
    }

    void endNextJob(End how) {
        end = how;
    }

    private static boolean isBad(Object record, String field) {
        return "bad".equals(at(record, field));
    }

    /** A job is asked twice until it has ended. */
    private boolean hasEnded(String id) {
        return "asked".equals(states.put(id, "asked"));
    }

    private String job(List<Object> records) {
        String id = "job" + (states.size() + 1);
        states.put(id, "new");
        jobs.put(id, records);
        return id;
    }

    /** The bulk API 2.0: the records are a table that is brought later, and failures are a table. */
    Reply salesforce(Asked asked) {
        String path = asked.path().replace("/services/data/v62.0", "");
        String[] parts = path.split("/", -1);
        return switch (asked.method() + " " + path.replaceAll("job\\d+", "*")) {
            case "POST /services/oauth2/token" -> Reply.json("{\"access_token\": \"token\", \"expires_in\": 7200}");
            case "GET /sobjects" ->
                Reply.json("{\"sobjects\": [{\"name\": \"Account\", \"label\": \"Account\", \"createable\": true}]}");
            case "GET /sobjects/Account/describe" -> Reply.json("""
                {"fields": [
                  {"name": "Id", "type": "id", "createable": false, "updateable": false},
                  {"name": "Name", "type": "string", "createable": true, "nillable": true},
                  {"name": "Ref__c", "type": "string", "createable": true, "nillable": true, "externalId": true}]}\
                """);
            case "POST /jobs/ingest" -> json(200, map("id", job(List.of()), "state", "Open"));
            case "PUT /jobs/ingest/*/batches" -> {
                boolean isTable =
                        asked.headers().getOrDefault("Content-Type", "").startsWith("text/csv");
                jobs.put(parts[3], isTable ? Tables.read(asked.body()) : List.of());
                yield new Reply(201, Map.of(), "");
            }
            case "PATCH /jobs/ingest/*" -> {
                // It can be set off once.
                boolean isFirst = "new".equals(states.put(parts[3], "set off"));
                boolean heard = !forgetsStart;
                forgetsStart = false;
                yield isFirst
                        ? heard
                                ? json(200, map("id", parts[3], "state", "UploadComplete"))
                                : new Reply(500, Map.of(), "[]")
                        : new Reply(400, Map.of(), "[{\"errorCode\": \"INVALIDJOBSTATE\"}]");
            }
            case "GET /jobs/ingest/*" -> salesforceState(parts[3]);
            case "GET /jobs/ingest/*/failedResults" ->
                new Reply(200, Map.of("Content-Type", "text/csv"), failed(parts[3]));
            default -> new Reply(404, Map.of(), "[{\"errorCode\": \"NOT_FOUND\"}]");
        };
    }

    private Reply salesforceState(String id) {
        if (!hasEnded(id)) {
            return json(200, map("id", id, "state", "InProgress"));
        }
        List<Object> records = jobs.getOrDefault(id, List.of());
        End how = end;
        end = End.WELL;
        if (how != End.WELL) {
            long done = how == End.IN_THE_MIDDLE ? 7 : 0;
            return json(
                    200,
                    map("state", "Failed", "errorMessage", "InvalidBatch : broken", "numberRecordsProcessed", done));
        }
        records.stream().filter(record -> !isBad(record, "Name")).forEach(taken::add);
        long bad = records.stream().filter(record -> isBad(record, "Name")).count();
        return json(
                200,
                map(
                        "state",
                        "JobComplete",
                        "numberRecordsProcessed",
                        (long) records.size(),
                        "numberRecordsFailed",
                        bad));
    }

    private String failed(String id) {
        StringBuilder table = new StringBuilder("\"sf__Id\",\"sf__Error\",\"Ref__c\",\"Name\"\n");
        for (Object record : jobs.getOrDefault(id, List.of())) {
            if (isBad(record, "Name")) {
                table.append("\"\",\"STRING_TOO_LONG:data value too large:Name --\",\"")
                        .append(Values.str(at(record, "Ref__c")))
                        .append("\",\"bad\"\n");
            }
        }
        return table.toString();
    }

    /** Jobs of at most a hundred, whose status has a result for each record, as they were done. */
    Reply zendesk(Asked asked) {
        String[] parts = asked.path().replace(".json", "").split("/", -1);
        if (asked.method().equals("POST") && parts[parts.length - 1].endsWith("_many")) {
            List<Object> users = Values.items(at(JsonValues.read(asked.body()), parts[parts.length - 2]));
            return users.size() > 100
                    ? new Reply(400, Map.of(), "{\"error\": \"TooManyRecords\"}")
                    : json(200, map("job_status", map("id", job(users), "status", "queued")));
        }
        String id = parts[parts.length - 1];
        if (!hasEnded(id)) {
            return json(200, map("job_status", map("id", id, "status", "working")));
        }
        List<Object> results = new ArrayList<>();
        List<Object> users = jobs.getOrDefault(id, List.of());
        for (int i = users.size() - 1; i >= 0; i--) {
            if (isBad(users.get(i), "name")) {
                results.add(map("index", (long) i, "error", "UserCreateError", "details", "Name: is not allowed"));
            } else {
                taken.add(users.get(i));
                results.add(map("index", (long) i, "id", 100L + i, "status", "Created"));
            }
        }
        return json(200, map("job_status", map("id", id, "status", "completed", "results", results)));
    }

    /** Jobs of ten thousand profiles, whose errors are a list of pages. */
    Reply klaviyo(Asked asked) {
        String[] parts = asked.path().split("/", -1);
        if (asked.method().equals("POST")) {
            List<Object> profiles =
                    Values.items(at(JsonValues.read(asked.body()), "data", "attributes", "profiles", "data"));
            return json(202, map("data", map("type", "profile-bulk-import-job", "id", job(profiles))));
        }
        String id = parts[3];
        List<Object> profiles = jobs.getOrDefault(id, List.of());
        if (parts.length > 5) {
            return klaviyoErrors(asked, profiles);
        }
        boolean ended = hasEnded(id);
        if (ended) {
            profiles.stream()
                    .map(profile -> at(profile, "attributes"))
                    .filter(profile -> !isBad(profile, "first_name"))
                    .forEach(taken::add);
        }
        return json(200, map("data", map("attributes", map("status", ended ? "complete" : "processing"))));
    }

    private static Reply klaviyoErrors(Asked asked, List<Object> profiles) {
        List<Object> errors = new ArrayList<>();
        for (int i = 0; i < profiles.size(); i++) {
            if (isBad(at(profiles.get(i), "attributes"), "first_name")) {
                errors.add(map(
                        "attributes",
                        map(
                                "code", "invalid",
                                "detail", "Invalid name",
                                "source",
                                        map(
                                                "pointer",
                                                "/data/attributes/profiles/data/" + i + "/attributes/first_name"))));
            }
        }
        boolean isFirst = !asked.query().containsKey("page[cursor]");
        int half = errors.size() / 2;
        String more = "http://" + asked.headers().get("Host") + asked.path() + "?page%5Bcursor%5D=x";
        return json(
                200,
                isFirst
                        ? map("data", errors.subList(0, half), "links", map("next", more))
                        : map("data", errors.subList(half, errors.size()), "links", map()));
    }

    /** Tables of text, as far as these systems send them. */
    static final class Tables {
        private Tables() {}

        static List<Object> read(String text) {
            List<String> lines = text.lines().toList();
            List<String> names = List.of(lines.getFirst().split(",", -1));
            List<Object> records = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                List<String> cells = List.of(line.split(",", -1));
                Map<Object, Object> record = map();
                for (int i = 0; i < names.size(); i++) {
                    record.put(names.get(i), cells.get(i));
                }
                records.add(record);
            }
            return records;
        }
    }

    /** How a vendor answers. */
    Function<Asked, Reply> of(String vendor) {
        return switch (vendor) {
            case "salesforce" -> this::salesforce;
            case "zendesk" -> this::zendesk;
            default -> this::klaviyo;
        };
    }
}
