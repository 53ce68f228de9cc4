package dev.sluice.server.api.open;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Objects as answers show them. What is null is left out: clients look whether a name is there. */
public final class Shown {
    private final Map<String, Object> members = new LinkedHashMap<>();

    /** Adds a member, if there is something to add. */
    public Shown with(String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
        return this;
    }

    /** The object. */
    public Map<String, Object> object() {
        return members;
    }

    /** The object as the answer. */
    public Answer answer() {
        return Answer.json(members);
    }

    /** A time in seconds since 1970. */
    public static long seconds(Instant time) {
        return time.getEpochSecond();
    }

    /** A list that has no pages. */
    public static Answer list(List<Map<String, Object>> data) {
        return Answer.json(Map.of("data", data));
    }

    /** A list without pages, for clients that look for links. */
    static Answer wholeList(List<Map<String, Object>> data) {
        return Answer.json(Map.of("data", data, "next", "", "previous", ""));
    }

    /**
     * A page with the addresses of the next and the previous one; empty texts where there is none.
     *
     * @param found the objects, one more than the page has if it goes on
     */
    public static <T> Answer page(Call call, List<T> found, Function<T, Map<String, Object>> shown) {
        int limit = call.page().limit() - 1;
        long offset = call.page().offset();
        List<Map<String, Object>> data =
                new ArrayList<>(found.stream().limit(limit).map(shown).toList());
        return new Shown()
                .with("previous", offset == 0 ? "" : link(call, limit, Math.max(0, offset - limit)))
                .with("next", found.size() > limit ? link(call, limit, offset + limit) : "")
                .with("data", data)
                .answer();
    }

    private static String link(Call call, int limit, long offset) {
        Map<String, List<String>> query = new LinkedHashMap<>(call.message().query());
        query.put("limit", List.of(String.valueOf(limit)));
        query.put("offset", List.of(String.valueOf(offset)));
        return call.message().origin() + call.message().path() + "?"
                + query.entrySet().stream()
                        .flatMap(each ->
                                each.getValue().stream().map(value -> encoded(each.getKey()) + "=" + encoded(value)))
                        .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
