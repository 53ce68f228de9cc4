package dev.sluice.lowcode.http;

import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The answer to a request. */
public final class Answer {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final Call call;
    private @Nullable Object json;

    Answer(Call call, int status, Map<String, String> headers, byte[] body) {
        this.call = call;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** An answer that needed no request, because something else has told it before. */
    public static Answer told(Object json, String what) {
        Call call = new Call("GET", "the first page of " + what, Map.of(), null);
        return new Answer(call, 200, Map.of(), JsonValues.write(json).getBytes(StandardCharsets.UTF_8));
    }

    /** An answer that is known from elsewhere. */
    public static Answer known(Call call, int status, Map<String, String> headers, byte[] body) {
        return new Answer(call, status, headers, body);
    }

    /** The same answer for somebody else, who may change what is read from it. */
    Answer again() {
        return new Answer(call, status, headers, body);
    }

    /** The request. */
    public Call call() {
        return call;
    }

    /** The status. */
    public int status() {
        return status;
    }

    /** True unless the status says that something went wrong. */
    public boolean isOk() {
        return status < 400;
    }

    /** The headers by their names as they were sent. */
    public Map<String, String> headers() {
        return headers;
    }

    /** A header, whatever the case of its name. */
    public Optional<String> header(String name) {
        for (Map.Entry<String, String> entry : headers.entrySet()) {
            if (entry.getKey().equalsIgnoreCase(name)) {
                return Optional.of(entry.getValue());
            }
        }
        return Optional.empty();
    }

    /** The body as it came. Not to be changed. */
    public byte[] body() {
        return body;
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body read as JSON; none if it is no JSON. */
    public Object json() {
        Object known = json;
        if (known == null) {
            try {
                known = JsonValues.read(body);
            } catch (IllegalArgumentException notJson) {
                known = None.NONE;
            }
            json = known;
        }
        return known;
    }

    /** The headers for templates that find them whatever the case of their names. */
    Map<Object, Object> headersOfAnyCase() {
        Map<Object, Object> map = new TreeMap<>(Comparator.comparing(String::valueOf, String.CASE_INSENSITIVE_ORDER));
        map.putAll(headers);
        return map;
    }

    /** The headers for templates, where {@code link} is taken apart by what each link is for. */
    public Map<Object, Object> headersForTemplates() {
        Map<Object, Object> map = new LinkedHashMap<>(headers);
        map.put("link", header("link").map(Links::parse).orElseGet(LinkedHashMap::new));
        return map;
    }
}
