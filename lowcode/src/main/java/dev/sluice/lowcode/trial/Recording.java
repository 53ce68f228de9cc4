package dev.sluice.lowcode.trial;

import dev.sluice.lowcode.http.Answer;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.workbench.Recorded;
import dev.sluice.spi.workbench.TestLimits;
import dev.sluice.spi.workbench.TestStart;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to run a test again without asking anybody: the requests and their answers without secrets, and what came of them.
 *
 * @param said what it says of itself
 * @param exchanges the requests and answers in the order of sending
 */
public record Recording(Recorded said, List<Kept> exchanges) {
    private static final String FORMAT = "sluice-recording-1";

    /** Copies the list. */
    public Recording {
        exchanges = List.copyOf(exchanges);
    }

    /**
     * A request and its answer.
     *
     * @param method the method
     * @param url the address, without secrets
     * @param content the content of the request, without secrets; empty if there was none
     * @param status the status; 0 if there was no answer
     * @param headers the headers of the answer
     * @param body its content
     * @param failure why there was no answer; null if there was one
     */
    record Kept(
            String method,
            String url,
            String content,
            int status,
            Map<String, String> headers,
            Body body,
            @Nullable String failure) {
        /** The content of the answer as it came. */
        byte[] bytes() {
            return body.binary()
                    ? Base64.getDecoder().decode(body.text())
                    : body.text().getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * The content of an answer.
     *
     * @param text the text; Base64 of it if it is none
     * @param binary true if it is no text
     */
    record Body(String text, boolean binary) {}

    /** A recording of what was seen. */
    public static String write(Recorded said, List<WireLog.Seen> seen, Masking masking) {
        Map<Object, Object> out = new LinkedHashMap<>();
        out.put("format", FORMAT);
        out.put("stream", said.stream());
        out.put("at", said.at().toString());
        out.put("config", Values.ofPlain(said.config().values()));
        Map<Object, Object> limits = new LinkedHashMap<>();
        limits.put("records", (long) said.limits().records());
        limits.put("pages", (long) said.limits().pages());
        limits.put("slices", (long) said.limits().slices());
        limits.put("seconds", said.limits().time().toSeconds());
        out.put("limits", limits);
        String state = said.start().state();
        out.put("state", state == null ? None.NONE : JsonValues.read(state));
        Integer slice = said.start().slice();
        out.put("slice", slice == null ? None.NONE : (Object) (long) slice);
        List<Object> exchanges = new ArrayList<>();
        seen.forEach(each -> exchanges.add(exchange(each, masking)));
        out.put("exchanges", exchanges);
        out.put("records", said.records().stream().map(JsonValues::read).toList());
        return JsonValues.write(out);
    }

    private static Map<Object, Object> exchange(WireLog.Seen seen, Masking masking) {
        Map<Object, Object> out = new LinkedHashMap<>();
        out.put("method", seen.call().method());
        out.put("url", masking.address(seen.call().url()));
        byte[] sent = seen.call().body();
        if (sent != null && sent.length > 0) {
            out.put("requestBody", masking.content(new String(sent, StandardCharsets.UTF_8)));
        }
        Answer answer = seen.answer();
        if (answer == null) {
            out.put("failure", masking.text(String.valueOf(seen.failure())));
            return out;
        }
        out.put("status", (long) answer.status());
        Map<Object, Object> headers = new LinkedHashMap<>(masking.headers(answer.headers()));
        headers.keySet().removeIf(name -> name.toString().startsWith(":"));
        out.put("headers", headers);
        String text = text(answer.body());
        if (text == null) {
            out.put("bodyBase64", Base64.getEncoder().encodeToString(answer.body()));
        } else {
            boolean proof = Exchanges.isProof(seen.call());
            out.put("body", proof ? masking.proof(text) : masking.text(text));
        }
        return out;
    }

    /** A content as text; null if it is none. */
    static @Nullable String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException binary) {
            return null;
        }
    }

    /**
     * Reads a recording.
     *
     * @throws ProblemException code {@code E_RECORDING}, if it is none
     */
    public static Recording read(String text) {
        try {
            Object in = JsonValues.read(text);
            if (!FORMAT.equals(Values.member(in, "format"))) {
                throw broken("it does not say that it is " + FORMAT, null);
            }
            List<Kept> exchanges = new ArrayList<>();
            Values.items(Values.member(in, "exchanges")).forEach(each -> exchanges.add(kept(each)));
            Object limits = Values.member(in, "limits");
            Object state = Values.member(in, "state");
            Object slice = Values.member(in, "slice");
            Recorded said = new Recorded(
                    Values.str(Values.member(in, "stream")),
                    Instant.parse(Values.str(Values.member(in, "at"))),
                    Config.of(plain(Values.member(in, "config"))),
                    new TestLimits(
                            number(limits, "records"),
                            number(limits, "pages"),
                            number(limits, "slices"),
                            Duration.ofSeconds(number(limits, "seconds"))),
                    new TestStart(
                            state instanceof None ? null : JsonValues.write(state),
                            slice instanceof Number index ? index.intValue() : null),
                    Values.items(Values.member(in, "records")).stream()
                            .map(JsonValues::write)
                            .toList(),
                    exchanges.size());
            return new Recording(said, exchanges);
        } catch (IllegalArgumentException | DateTimeException | ClassCastException wrong) {
            throw broken(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static Map<String, @Nullable Object> plain(Object config) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        Values.mapOrEmpty(config).forEach((name, value) -> plain.put(Values.str(name), Values.toPlain(value)));
        return plain;
    }

    private static int number(Object map, String name) {
        return Values.member(map, name) instanceof Number number ? number.intValue() : 0;
    }

    private static Kept kept(Object in) {
        Object failure = Values.member(in, "failure");
        Object binary = Values.member(in, "bodyBase64");
        Object body = Values.member(in, "body");
        Map<String, String> headers = new LinkedHashMap<>();
        Values.mapOrEmpty(Values.member(in, "headers"))
                .forEach((name, value) -> headers.put(Values.str(name), Values.str(value)));
        Object content = Values.member(in, "requestBody");
        return new Kept(
                Values.str(Values.member(in, "method")),
                Values.str(Values.member(in, "url")),
                content instanceof String text ? text : "",
                number(in, "status"),
                Collections.unmodifiableMap(headers),
                new Body(
                        binary instanceof String base64 ? base64 : body instanceof String text ? text : "",
                        binary instanceof String),
                failure instanceof String why ? why : null);
    }

    private static ProblemException broken(String why, @Nullable Throwable cause) {
        return Problem.of("E_RECORDING", ProblemKind.CONFIG, "the recording cannot be read")
                .because(Objects.requireNonNullElse(why, "it is damaged"))
                .fix("record the test again")
                .exception(cause);
    }
}
