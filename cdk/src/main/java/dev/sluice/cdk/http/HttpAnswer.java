package dev.sluice.cdk.http;

import dev.sluice.cdk.json.Json;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer of a service. Immutable. */
public final class HttpAnswer {
    private final String place;
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * An answer.
     *
     * @param place what was asked, for people: the address without its parameters
     * @param status the status
     * @param headers the headers by name in lower case; several of one name are joined by commas
     * @param body the content, unpacked; not copied
     */
    HttpAnswer(String place, int status, Map<String, String> headers, byte[] body) {
        this.place = place;
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    /** What was asked, for people: the address without its parameters. */
    public String place() {
        return place;
    }

    /** The status. */
    public int status() {
        return status;
    }

    /** The value of a header. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The content as text in UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The content as JSON.
     *
     * @throws ProblemException if it is none
     */
    public @Nullable Object json() {
        try {
            return Json.read(text());
        } catch (IllegalArgumentException notJson) {
            throw otherwise("it is no JSON: " + notJson.getMessage());
        }
    }

    /**
     * The content as a JSON object.
     *
     * @throws ProblemException if it is none
     */
    public Map<String, @Nullable Object> object() {
        return object(json(), "it is no JSON object");
    }

    /**
     * The records of a member of the content, which is a JSON object.
     *
     * @param member the name of the member; empty where the content itself is the list
     * @throws ProblemException if there is no list of objects; a member that is absent is one, so that a service that changes its
     *     answers is not read as an empty one
     */
    public List<Map<String, @Nullable Object>> records(String member) {
        Object list = member.isEmpty() ? json() : object().get(member);
        String name = member.isEmpty() ? "the answer" : "its member " + member;
        if (!(list instanceof List<?> elements)) {
            throw otherwise(name + " is no list");
        }
        List<Map<String, @Nullable Object>> records = new ArrayList<>(elements.size());
        for (Object element : elements) {
            records.add(object(element, name + " holds something that is no object"));
        }
        return records;
    }

    private Map<String, @Nullable Object> object(@Nullable Object value, String why) {
        if (!(value instanceof Map<?, ?> map)) {
            throw otherwise(why);
        }
        Map<String, @Nullable Object> object = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEach((key, member) -> object.put(String.valueOf(key), member));
        return object;
    }

    private ProblemException otherwise(String why) {
        return Problem.of("E_HTTP_BODY", ProblemKind.DATA, "the service answers otherwise than this connector expects")
                .at(place)
                .because(why)
                .fix("compare the answer with the documentation of the service, and check the address")
                .exception();
    }
}
