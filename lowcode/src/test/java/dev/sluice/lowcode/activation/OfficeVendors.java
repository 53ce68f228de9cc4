package dev.sluice.lowcode.activation;

import static dev.sluice.lowcode.activation.Vendor.at;
import static dev.sluice.lowcode.activation.Vendor.json;
import static dev.sluice.lowcode.activation.Vendor.map;

import dev.sluice.lowcode.source.FakeService;
import dev.sluice.lowcode.source.FakeService.Asked;
import dev.sluice.lowcode.source.FakeService.Reply;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Notion and Google Sheets as they are documented: neither knows an upsert, and both tell what is there when they are asked. */
final class OfficeVendors {
    private static final Pattern ROW = Pattern.compile("'People'!R(\\d+)C1");

    private final List<Map<Object, Object>> pages = new CopyOnWriteArrayList<>();
    private final List<List<Object>> rows = new CopyOnWriteArrayList<>();
    private final List<Object> assertions = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedDeque<Integer> before = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedDeque<Integer> after = new ConcurrentLinkedDeque<>();

    /** The pages of the database: each with its {@code id} and its {@code properties}. */
    List<Map<Object, Object>> pages() {
        return pages;
    }

    /** The rows of the sheet below the first. */
    List<List<Object>> rows() {
        return rows;
    }

    /** What logins of service accounts said. */
    List<Object> assertions() {
        return assertions;
    }

    /** Answers the next request that writes so, and does nothing. */
    void refuseNext(int status) {
        before.add(status);
    }

    /** Carries out the next request that writes, and answers so. */
    void spoilNext(int status) {
        after.add(status);
    }

    private Reply written(Asked asked, Function<Object, Reply> work) {
        Integer instead = before.poll();
        if (instead != null) {
            return Reply.status(instead, Map.of("Retry-After", "7"));
        }
        Reply answer = work.apply(JsonValues.read(asked.body()));
        Integer spoilt = after.poll();
        return spoilt == null ? answer : Reply.status(spoilt, Map.of());
    }

    /** Notion: databases by search, pages by a query, properties of kinds. */
    Reply notion(Asked asked) {
        if (!"Bearer token".equals(asked.headers().get("Authorization"))
                || !"2022-06-28".equals(asked.headers().get("Notion-Version"))) {
            return new Reply(401, Map.of(), "{\"object\": \"error\", \"code\": \"unauthorized\", \"message\": \"no\"}");
        }
        return switch (asked.method() + " " + asked.path().replaceAll("page\\d+$", "*")) {
            case "POST /v1/search" -> search(JsonValues.read(asked.body()));
            case "POST /v1/databases/db1/query" -> query(JsonValues.read(asked.body()));
            case "POST /v1/pages" -> written(asked, body -> page(body, "page" + (pages.size() + 1)));
            case "PATCH /v1/pages/*" ->
                written(asked, body -> page(body, asked.path().replaceAll(".*/", "")));
            default -> new Reply(404, Map.of(), "{\"code\": \"object_not_found\", \"message\": \"nothing there\"}");
        };
    }

    private static Reply search(Object body) {
        if (!"x".equals(Values.member(body, "start_cursor"))) {
            return Reply.json("""
                {"results": [{"object": "database", "id": "db0", "title": [{"plain_text": "Old"}], "archived": true,
                  "properties": {}}], "has_more": true, "next_cursor": "x"}\
                """);
        }
        return Reply.json("""
            {"results": [{"object": "database", "id": "db1", "title": [{"plain_text": "Peo"}, {"plain_text": "ple"}],
              "properties": {
                "Name": {"id": "title", "name": "Name", "type": "title", "title": {}},
                "Note": {"id": "a", "name": "Note", "type": "rich_text", "rich_text": {}},
                "Score": {"id": "b", "name": "Score", "type": "number", "number": {}},
                "Stage": {"id": "c", "name": "Stage", "type": "select", "select": {"options": []}},
                "Since": {"id": "d", "name": "Since", "type": "date", "date": {}},
                "Sum": {"id": "e", "name": "Sum", "type": "formula", "formula": {}}}}],
             "has_more": false, "next_cursor": null}\
            """);
    }

    private static String title(Object page) {
        return Values.str(at(page, "properties", "Name", "title", "0", "text", "content"));
    }

    private Reply query(Object body) {
        Object filter = at(body, "filter");
        if (!"Name".equals(at(filter, "property"))) {
            return new Reply(400, Map.of(), "{\"code\": \"validation_error\", \"message\": \"" + filter + "\"}");
        }
        String wanted = Values.str(at(filter, "title", "equals"));
        return json(
                200,
                map(
                        "results",
                        pages.stream()
                                .filter(page -> title(page).equals(wanted))
                                .toList()));
    }

    private Reply page(Object body, String id) {
        Map<Object, Object> properties = Values.mapOrEmpty(Values.member(body, "properties"));
        if (properties.containsKey("Score")
                && Values.member(properties, "Score") instanceof Map<?, ?> score
                && score.get("number") instanceof Number number
                && number.doubleValue() > 100) {
            return new Reply(400, Map.of(), """
                {"object": "error", "status": 400, "code": "validation_error", "message": "Score should be at most 100."}\
                """);
        }
        pages.stream()
                .filter(page -> id.equals(page.get("id")))
                .findFirst()
                .ifPresentOrElse(
                        there -> Values.mapOrEmpty(there.get("properties") == null ? map() : at(there, "properties"))
                                .putAll(properties),
                        () -> pages.add(map("id", id, "properties", properties)));
        return json(200, map("object", "page", "id", id));
    }

    /** Google Sheets: the first row names the fields, the third column has no name. */
    Reply sheets(Asked asked) {
        if (asked.path().equals("/token")) {
            return token(asked);
        }
        if (!"Bearer google".equals(asked.headers().get("Authorization"))) {
            return new Reply(401, Map.of(), "{\"error\": {\"status\": \"UNAUTHENTICATED\"}}");
        }
        String path = asked.path().replace("/v4/spreadsheets/sheet-1", "");
        return switch (asked.method() + " " + path) {
            case "GET " -> header(asked);
            case "GET /values/People!R2C1:C1" ->
                json(200, rows.isEmpty() ? map("range", "x") : map("values", column()));
            case "POST /values/People!A1:append" -> written(asked, body -> append(asked, body));
            case "POST /values:batchUpdate" -> written(asked, this::update);
            default ->
                new Reply(
                        400,
                        Map.of(),
                        "{\"error\": {\"status\": \"INVALID_ARGUMENT\", \"message\": \"" + path + "\"}}");
        };
    }

    private Reply token(Asked asked) {
        Map<String, String> form = FakeService.fields(asked.body());
        String assertion = form.getOrDefault("assertion", "..");
        String payload = assertion.split("\\.", -1)[1];
        assertions.add(JsonValues.read(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8)));
        return Reply.json("{\"access_token\": \"google\", \"expires_in\": 3599}");
    }

    private static Reply header(Asked asked) {
        return asked.query().containsKey("ranges") ? Reply.json("""
            {"sheets": [{"data": [{"rowData": [{"values": [
              {"formattedValue": "Mail"}, {"formattedValue": "Name"}, {}, {"formattedValue": "Score"}]}]}]}]}\
            """) : Reply.json("""
                {"sheets": [{"properties": {"sheetId": 0, "title": "People", "sheetType": "GRID"}},
                  {"properties": {"sheetId": 1, "title": "Chart", "sheetType": "OBJECT"}}]}\
                """);
    }

    private List<Object> column() {
        List<Object> column = new ArrayList<>();
        rows.forEach(row -> column.add(List.of(row.getFirst())));
        return column;
    }

    private Reply append(Asked asked, Object body) {
        if (!"RAW".equals(asked.query().get("valueInputOption"))) {
            return new Reply(400, Map.of(), "{\"error\": {\"status\": \"INVALID_ARGUMENT\", \"message\": \"input\"}}");
        }
        Values.items(at(body, "values")).forEach(row -> rows.add(new ArrayList<>(Values.items(row))));
        return json(200, map("updates", map()));
    }

    private Reply update(Object body) {
        for (Object each : Values.items(at(body, "data"))) {
            Matcher range = ROW.matcher(Values.str(at(each, "range")));
            if (!range.matches()) {
                return new Reply(
                        400, Map.of(), "{\"error\": {\"status\": \"INVALID_ARGUMENT\", \"message\": \"range\"}}");
            }
            rows.set(
                    Integer.parseInt(range.group(1)) - 2,
                    new ArrayList<>(
                            Values.items(Values.items(at(each, "values")).getFirst())));
        }
        return json(200, map("totalUpdatedRows", 1L));
    }
}
