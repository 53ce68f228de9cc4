package dev.sluice.lowcode.http;

import dev.sluice.lowcode.http.Resolution.Action;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Makes the requests of a requester of the manifest, and repeats them as its rules say. */
public final class Requester {
    private static final Duration MOST_RETRYING = Duration.ofMinutes(10);
    private static final Set<Templates.Type> PARAMETER = Set.of(Templates.Type.TEXT, Templates.Type.LIST);

    private final Component component;
    private final Surroundings surroundings;
    private final Authenticator authenticator;
    private final CallBudget budget;
    private final Concurrency concurrency;
    private final ErrorHandler errors;
    private final boolean cached;

    /**
     * An answer that nobody has to worry about.
     *
     * @param answer the answer
     * @param reset true if the pages are to be read from the first one again
     */
    public record Outcome(Answer answer, boolean reset) {
        /** True if there is something to read; an error that is passed over has nothing. */
        public boolean hasRecords() {
            return answer.isOk();
        }
    }

    /**
     * A page of a slice.
     *
     * @param slice the slice
     * @param token the token of the page; none for the first one
     * @param address the path or address that the token takes the place of; empty if it does not
     * @param options what other parts want to have in the request
     */
    public record Page(StreamSlice slice, Object token, Optional<String> address, Options options) {
        /** The only page of a slice. */
        public static Page only(StreamSlice slice) {
            return new Page(slice, None.NONE, Optional.empty(), new Options());
        }
    }

    /** A requester. */
    public Requester(
            Component component,
            Surroundings surroundings,
            Authenticator authenticator,
            CallBudget budget,
            Concurrency concurrency,
            boolean cached) {
        if (!component.type().equals("HttpRequester")) {
            throw component.unsupported();
        }
        this.component = component;
        this.surroundings = surroundings;
        this.authenticator = authenticator;
        this.budget = budget;
        this.concurrency = concurrency;
        this.errors = ErrorHandler.of(component.optional("error_handler"), surroundings);
        this.cached = component.truth("use_cache", cached);
    }

    private Scope scope(Page page) {
        Scope scope = surroundings.scope(component.parameters()).with("stream_slice", page.slice());
        for (Map.Entry<Object, Object> extra : page.slice().extra().entrySet()) {
            scope = scope.with(Values.str(extra.getKey()), extra.getValue());
        }
        Object token = page.token();
        return scope.with(
                "next_page_token",
                token instanceof None ? token : new LinkedHashMap<>(Map.of("next_page_token", token)));
    }

    /** The request of a page. */
    Call call(Page page) {
        Scope scope = scope(page);
        Options options = new Options();
        values(component.raw("request_parameters"), PARAMETER, scope)
                .forEach((name, value) -> options.parameters().put(Values.str(name), value));
        values(component.raw("request_headers"), Set.of(), scope)
                .forEach((name, value) -> options.headers().put(Values.str(name), Values.str(value)));
        Body.Plain body = Body.of(component, surroundings.templates(), scope, options);
        options.addAll(page.options());
        authenticator.apply(options);
        Map<String, String> headers = new LinkedHashMap<>(options.headers());
        byte[] bytes = Body.bytes(body, options, headers);
        String url = Urls.withQuery(url(page, scope), options.parameters(), component.text("plain_characters", ""));
        return new Call(component.text("http_method", "GET"), url, headers, bytes).from(component.where(), 1);
    }

    private String url(Page page, Scope scope) {
        Templates templates = surroundings.templates();
        Optional<String> whole = component.optionalText("url");
        // A template of several lines leaves spaces before the address, which nobody means.
        String base = templates
                .text(whole.orElseGet(() -> component.text("url_base", "")), scope)
                .strip();
        String path = whole.isPresent() && component.optionalText("url_base").isEmpty()
                ? ""
                : templates.text(component.text("path", ""), scope).replaceFirst("^/+", "");
        return Urls.join(base, page.address().orElse(path));
    }

    /** The members of a map of templates, or of a template that makes a map. */
    private Map<Object, Object> values(Object field, Set<Templates.Type> types, Scope scope) {
        Map<Object, Object> values = new LinkedHashMap<>();
        Set<Templates.Type> names = types.isEmpty() ? types : Set.of(Templates.Type.TEXT);
        Object given =
                field instanceof String template ? surroundings.templates().value(template, scope) : field;
        Values.mapOrEmpty(given).forEach((name, value) -> {
            Object result = value instanceof String || value instanceof Number || value instanceof Boolean
                    ? surroundings.templates().orNone(Values.str(value), types, scope)
                    : value;
            boolean injected = value instanceof Map<?, ?> map && "QueryProperties".equals(map.get("type"));
            Object used = injected ? scopeValue(scope) : result;
            if (!(used instanceof None) && !used.equals("")) {
                values.put(surroundings.templates().typed(Values.str(name), names, scope), used);
            }
        });
        return values;
    }

    private Object scopeValue(Scope scope) {
        return surroundings
                .templates()
                .orNone("{{ query_properties | join(',') }}", Set.of(Templates.Type.TEXT), scope);
    }

    /**
     * Sends the request of a page until there is an answer that nobody has to worry about.
     *
     * @throws ProblemException if there is none
     */
    public Outcome send(Page page) {
        long began = surroundings.clock().millis();
        int most = surroundings.transport().triesAgain() ? errors.maxRetries() : 0;
        for (int attempt = 1; ; attempt++) {
            surroundings.requireWanted();
            Call call = call(page).from(component.where(), attempt);
            Optional<Answer> answer = Optional.empty();
            Resolution resolution;
            try {
                Answer there = answer(call);
                answer = Optional.of(there);
                resolution = errors.of(there);
            } catch (IOException broken) {
                resolution = new Resolution(Action.RETRY, ProblemKind.UNREACHABLE, "there is no answer: " + broken);
            }
            switch (resolution.action()) {
                case SUCCESS, IGNORE -> {
                    return new Outcome(answer.orElseThrow(), false);
                }
                case RESET_PAGINATION -> {
                    return new Outcome(answer.orElseThrow(), true);
                }
                case FAIL -> throw failed(call, answer, resolution);
                case REFRESH_TOKEN_THEN_RETRY -> authenticator.renew();
                case RETRY, RATE_LIMITED -> {}
            }
            boolean tooLong = resolution.action() != Action.RATE_LIMITED
                    && surroundings.clock().millis() - began > MOST_RETRYING.toMillis();
            if (attempt > most || tooLong) {
                throw exhausted(call, answer, resolution, attempt);
            }
            pause(call, answer, resolution, attempt);
        }
    }

    /** Its rules for answers. */
    ErrorHandler errors() {
        return errors;
    }

    /** Proves itself anew from the next request on. */
    void renew() {
        authenticator.renew();
    }

    /** What the parts of requests share. */
    Surroundings surroundings() {
        return surroundings;
    }

    /** Sends a request once. */
    Answer answer(Call call) throws IOException {
        if (cached) {
            Answer kept = surroundings.answers().find(call);
            if (kept != null) {
                return kept;
            }
        }
        Call signed = authenticator.sign(call, surroundings);
        budget.acquire(signed, surroundings);
        try (Concurrency.Turn _ = concurrency.request()) {
            Answer answer = surroundings.transport().send(signed);
            budget.learn(signed, answer);
            authenticator.seen(signed, answer);
            Duration pace = errors.pace(answer);
            if (!pace.isZero()) {
                surroundings.pause(pace);
            }
            if (cached && answer.isOk()) {
                surroundings.answers().keep(call, answer);
            }
            return answer;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Surroundings.cancelled();
        }
    }

    /** Waits before a request is sent again. */
    void pause(Call call, Optional<Answer> answer, Resolution resolution, int attempt) {
        boolean limited = resolution.action() == Action.RATE_LIMITED;
        if (limited
                && answer.filter(there -> authenticator.hasOther(there.call())).isPresent()) {
            return;
        }
        OptionalDouble wanted = errors.backoff(answer, attempt);
        double seconds = wanted.isPresent() ? wanted.getAsDouble() + 1 : usualWait(answer, attempt);
        if (limited) {
            budget.hold(call, Duration.ofMillis((long) (seconds * 1000)));
        }
        surroundings.log(call.place() + ": " + resolution.message() + "; again in " + Math.round(seconds) + " s");
        surroundings.pause(Duration.ofMillis((long) (seconds * 1000)));
    }

    /** Where the manifest says nothing, the service may; else each wait is twice as long as the one before. */
    private static double usualWait(Optional<Answer> answer, int attempt) {
        OptionalDouble told = answer.flatMap(there -> there.header("Retry-After"))
                .map(ErrorHandler::number)
                .orElse(OptionalDouble.empty());
        double doubled = Math.pow(2, attempt - 1.0);
        return told.isPresent() && told.getAsDouble() <= MOST_RETRYING.toSeconds()
                ? Math.max(told.getAsDouble(), doubled)
                : doubled;
    }

    static ProblemException failed(Call call, Optional<Answer> answer, Resolution resolution) {
        int status = answer.map(Answer::status).orElse(0);
        String code = status == 401 || status == 403 ? "E_AUTH_REFUSED" : "E_HTTP_STATUS";
        return Problem.of(code, resolution.kind(), "the service refused a request: " + resolution.message())
                .at(call.place())
                .fix(status == 401 || status == 403 ? "check the credentials and what they allow" : null)
                .exception();
    }

    static ProblemException exhausted(Call call, Optional<Answer> answer, Resolution resolution, int attempts) {
        boolean limited = answer.filter(there -> there.status() == 429).isPresent();
        return Problem.of(
                        limited ? "E_RATE_LIMIT" : answer.isPresent() ? "E_HTTP_STATUS" : "E_HTTP_UNREACHABLE",
                        resolution.kind(),
                        limited
                                ? "the service lets no more requests through for now"
                                : "a request failed " + attempts + " times: " + resolution.message())
                .at(call.place())
                .because(limited ? resolution.message() : null)
                .exception();
    }

    /** The answer of a request as templates of asynchronous jobs see it: its members, its headers, its request. */
    public static Object forTemplates(Answer answer) {
        Map<Object, Object> map = new LinkedHashMap<>(Values.mapOrEmpty(answer.json()));
        map.put("headers", answer.headersForTemplates());
        map.put("request", new LinkedHashMap<>(Map.of("url", answer.call().url())));
        return map;
    }

    /** A body as JSON. */
    static byte[] json(Object value) {
        return JsonValues.write(value).getBytes(StandardCharsets.UTF_8);
    }
}
