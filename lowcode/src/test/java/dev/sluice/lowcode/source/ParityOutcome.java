package dev.sluice.lowcode.source;

import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of a read.
 *
 * @param records the records as JSON, sorted
 * @param requests what the service was asked, sorted
 * @param state the state as JSON
 * @param config the configuration that the source gave itself; none if it gave none
 * @param failed true if the read ended with an error
 * @param waits how long was waited, in seconds
 * @param why the error, for people
 */
record ParityOutcome(
        List<String> records,
        List<String> requests,
        Object state,
        Object config,
        boolean failed,
        List<String> waits,
        String why) {

    /** Seconds or milliseconds since 1970. */
    private static final Pattern EPOCH = Pattern.compile("\\b(\\d{10})(?:\\d{3})?\\b");

    /** The points in which they differ; empty if in none. How long was waited may be none of them. */
    Map<String, String> differences(ParityOutcome theirs, boolean waited) {
        Map<String, String> found = new LinkedHashMap<>();
        compare(found, "outcome", failed ? "failed" : "ended", theirs.failed ? "failed" : "ended");
        compare(found, "requests", requests, theirs.requests);
        if (waited) {
            compare(found, "waits", waits, theirs.waits);
        }
        if (!failed) {
            compare(found, "records", records, theirs.records);
        }
        compare(found, "config", untimed(config), untimed(theirs.config));
        if (!failed) {
            compare(found, "state", tidy(state), tidy(theirs.state));
        }
        if (!found.isEmpty()) {
            found.put("our error", why);
            found.put("their error", theirs.why);
        }
        return found;
    }

    private static String untimed(Object config) {
        return JsonValues.canonical(config).replaceAll("(\"token_expiry_date\":)\"[^\"]*\"", "$1\"some\"");
    }

    private static void compare(Map<String, String> found, String point, Object ours, Object theirs) {
        if (!ours.equals(theirs)) {
            found.put(point, "\n      ours   " + ours + "\n      theirs " + theirs);
        }
    }

    /** Without the time that the read took, and without what means that there is none. */
    private static String tidy(Object state) {
        Map<Object, Object> map = Values.copyMap(Values.mapOrEmpty(state));
        map.remove("__ab_no_cursor_state_message");
        map.computeIfPresent("lookback_window", (name, seconds) -> "some");
        map.computeIfPresent("parent_state", (name, parents) -> {
            Map<Object, Object> tidy = new LinkedHashMap<>();
            Values.mapOrEmpty(parents).forEach((parent, each) -> tidy.put(parent, tidy(each)));
            return tidy.isEmpty() ? None.NONE : tidy;
        });
        map.values().removeIf(None.class::isInstance);
        map.computeIfPresent(
                "states",
                (name, states) -> new ArrayList<Object>(Values.items(states).stream()
                        .map(JsonValues::canonical)
                        .sorted()
                        .toList()));
        return JsonValues.canonical(map);
    }

    /**
     * The same without times that are about now, as two reads are never at the same time, and each request once: the official
     * runner asks for a token again for each parent.
     */
    ParityOutcome timeless() {
        return new ParityOutcome(
                records.stream().map(ParityOutcome::timeless).sorted().toList(),
                requests.stream()
                        .map(ParityOutcome::timeless)
                        .distinct()
                        .sorted()
                        .toList(),
                JsonValues.read(timeless(JsonValues.write(state))),
                config,
                failed,
                waits,
                why);
    }

    private static String timeless(String text) {
        String days = Stream.of(-1, 0, 1)
                .map(each -> LocalDate.now(ZoneOffset.UTC).plusDays(each).toString())
                .collect(Collectors.joining("|"));
        long now = Instant.now().getEpochSecond();
        return EPOCH.matcher(text.replaceAll("(" + days + ")([T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?)?", "NOW"))
                .replaceAll(number ->
                        Math.abs(Long.parseLong(number.group(1)) - now) < 2 * 86_400 ? "NOW" : number.group());
    }

    /** The points in which a case differs, for people. */
    static String shown(String name, Map<String, String> found) {
        StringBuilder text = new StringBuilder(name);
        found.forEach(
                (point, how) -> text.append("\n    ").append(point).append(": ").append(how));
        return text.append('\n').toString();
    }

    /** The same as JSON; the address of the service is left out, as it is another one each time. */
    String toJson(String url) {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("records", new ArrayList<Object>(records));
        map.put("requests", new ArrayList<Object>(requests));
        map.put("state", state);
        map.put("config", config);
        map.put("failed", failed);
        map.put("waits", new ArrayList<Object>(waits));
        map.put("why", why.lines().findFirst().orElse(""));
        return JsonValues.write(map).replace(url, "$URL").replace(url.replace("http://", ""), "$HOST");
    }

    static ParityOutcome ofJson(String json, String url) {
        Object map = JsonValues.read(json.replace("$URL", url).replace("$HOST", url.replace("http://", "")));
        return new ParityOutcome(
                texts(map, "records"),
                texts(map, "requests"),
                Values.member(map, "state"),
                Values.member(map, "config"),
                Boolean.TRUE.equals(Values.member(map, "failed")),
                texts(map, "waits"),
                Values.str(Values.member(map, "why")));
    }

    private static List<String> texts(Object map, String name) {
        return Values.items(Values.member(map, name)).stream().map(Values::str).toList();
    }
}
