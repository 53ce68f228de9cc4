package dev.sluice.lowcode.http;

import dev.sluice.lowcode.http.Resolution.Action;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.value.Literals;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Decides what is done about answers: by the rules of the manifest, and by the usual ones where those say nothing. */
final class ErrorHandler {
    private static final List<String> MESSAGE_ORDER = List.of(
            "message",
            "messages",
            "error",
            "errors",
            "failures",
            "failure",
            "detail",
            "err",
            "error_message",
            "msg",
            "reason",
            "status_message");
    private static final int MOST_MESSAGE = 500;
    /** Those of a port come before those of the manifest. */
    private static final List<String> FILTERS = List.of("first_filters", "response_filters");

    private final Surroundings surroundings;
    private final List<Component> handlers;
    private final List<Component> backoffs = new ArrayList<>();
    private final boolean composite;

    private ErrorHandler(Surroundings surroundings, List<Component> handlers, boolean composite) {
        this.surroundings = surroundings;
        this.handlers = handlers;
        this.composite = composite;
        handlers.forEach(handler -> backoffs.addAll(handler.all("backoff_strategies")));
        for (Component strategy : backoffs) {
            Backoff.requireKnown(strategy);
        }
    }

    static ErrorHandler of(Optional<Component> component, Surroundings surroundings) {
        List<Component> handlers = new ArrayList<>();
        component.ifPresent(handler -> flatten(handler, handlers));
        boolean composite = component
                .filter(handler -> handler.type().equals("CompositeErrorHandler"))
                .isPresent();
        return new ErrorHandler(surroundings, List.copyOf(handlers), composite);
    }

    private static void flatten(Component handler, List<Component> handlers) {
        switch (handler.type()) {
            case "CompositeErrorHandler" -> handler.all("error_handlers").forEach(inner -> flatten(inner, handlers));
            case "DefaultErrorHandler" -> handlers.add(handler);
            default -> throw handler.unsupported();
        }
    }

    /** How often a request is repeated at most. */
    int maxRetries() {
        if (handlers.isEmpty() || !handlers.getFirst().has("max_retries")) {
            return 5;
        }
        Object value = surroundings
                .templates()
                .value(
                        handlers.getFirst().text("max_retries"),
                        surroundings.scope(handlers.getFirst().parameters()));
        return Numbers.isWhole(value) ? Numbers.big(value).intValueExact() : 5;
    }

    /** How long the manifest wants to wait before the next attempt; empty if it says nothing. */
    OptionalDouble backoff(Optional<Answer> answer, int attempt) {
        for (Component strategy : backoffs) {
            OptionalDouble seconds = Backoff.seconds(strategy, surroundings, answer, attempt);
            if (seconds.isPresent() && seconds.getAsDouble() > 0) {
                return seconds;
            }
        }
        return OptionalDouble.empty();
    }

    /** How long the service is left alone after an answer, so that it does not come to its limits; zero if it need not be. */
    Duration pace(Answer answer) {
        return handlers.stream()
                .flatMap(handler -> handler.optional("pace").stream())
                .findFirst()
                .map(pace -> Pace.after(pace, answer))
                .orElse(Duration.ZERO);
    }

    /** What an answer means. */
    Resolution of(Answer answer) {
        if (handlers.isEmpty()) {
            return answer.isOk() ? Resolution.OK : usual(answer);
        }
        Resolution last = Resolution.OK;
        for (Component handler : handlers) {
            last = of(handler, answer);
            boolean decided = switch (last.action()) {
                case SUCCESS, RETRY, IGNORE, RESET_PAGINATION -> true;
                case FAIL, RATE_LIMITED, REFRESH_TOKEN_THEN_RETRY -> false;
            };
            if (decided || !composite) {
                return last;
            }
        }
        return last;
    }

    /** What a rule of the manifest says of the answer to a request that writes; empty if none of them is about it. */
    Optional<Resolution> ruled(Answer answer) {
        for (Component handler : handlers) {
            for (String field : FILTERS) {
                for (Component filter : handler.all(field)) {
                    if (filter.has("action") && matches(filter, answer)) {
                        return Optional.of(ofWrite(filter, filtered(filter, answer)));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** What fails where nothing says whose matter it is, fails because of the records. */
    private static Resolution ofWrite(Component filter, Resolution found) {
        boolean ofRecords =
                found.action() == Action.FAIL && !filter.has("failure_type") && found.kind() != ProblemKind.PERMISSION;
        return ofRecords ? new Resolution(found.action(), ProblemKind.DATA, found.message()) : found;
    }

    private Resolution of(Component handler, Answer answer) {
        for (String field : FILTERS) {
            for (Component filter : handler.all(field)) {
                if (filter.has("action") && matches(filter, answer)) {
                    return filtered(filter, answer);
                }
            }
        }
        return answer.isOk() ? Resolution.OK : usual(answer);
    }

    private boolean matches(Component filter, Answer answer) {
        boolean byStatus = filter.list("http_codes").stream()
                .anyMatch(code -> Values.str(code).strip().equals(Integer.toString(answer.status())));
        if (byStatus) {
            return true;
        }
        if (filter.has("predicate")) {
            Scope scope = Scope.of(None.NONE, filter.parameters())
                    .with("response", orEmpty(answer))
                    .with("headers", answer.headersOfAnyCase());
            if (surroundings.templates().holds(filter.text("predicate"), scope)) {
                return true;
            }
        }
        Optional<String> wanted = filter.optionalText("error_message_contains").filter(text -> !text.isEmpty());
        return wanted.isPresent() && message(answer).contains(wanted.get());
    }

    private static Object orEmpty(Answer answer) {
        Object json = answer.json();
        return json instanceof None ? new LinkedHashMap<>() : json;
    }

    private Resolution filtered(Component filter, Answer answer) {
        Action action = Action.valueOf(filter.text("action"));
        Resolution usual = usual(answer);
        ProblemKind kind = usual.kind();
        if (action == Action.FAIL) {
            kind = switch (filter.text("failure_type", "")) {
                case "config_error" -> ProblemKind.CONFIG;
                case "transient_error" -> ProblemKind.TRANSIENT;
                case "system_error" -> ProblemKind.TRANSIENT;
                default -> usual.kind();
            };
        }
        String message = filter.optionalText("error_message")
                .map(template -> surroundings
                        .templates()
                        .text(
                                template,
                                surroundings
                                        .scope(filter.parameters())
                                        .with("response", orEmpty(answer))
                                        .with("headers", answer.headersOfAnyCase())))
                .filter(text -> !text.isEmpty())
                .orElse(usual.message());
        return new Resolution(action, kind, message);
    }

    /** What is done where nobody says otherwise. */
    private static Resolution usual(Answer answer) {
        int status = answer.status();
        String words = message(answer);
        String message = "HTTP " + status + (words.isEmpty() ? "" : ": " + words);
        return switch (status) {
            case 400, 404, 405 -> new Resolution(Action.FAIL, ProblemKind.CONFIG, message);
            case 401, 403 -> new Resolution(Action.FAIL, ProblemKind.PERMISSION, message);
            case 429 -> new Resolution(Action.RATE_LIMITED, ProblemKind.TRANSIENT, message);
            default ->
                answer.isOk()
                        ? new Resolution(Action.SUCCESS, ProblemKind.TRANSIENT, message)
                        : new Resolution(Action.RETRY, ProblemKind.TRANSIENT, message);
        };
    }

    /** What the body says about an error. */
    static String message(Answer answer) {
        String text = answer.json() instanceof None ? answer.text() : message(answer.json(), 0);
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() > MOST_MESSAGE ? line.substring(0, MOST_MESSAGE) + "…" : line;
    }

    private static String message(Object json, int depth) {
        if (depth > 20) {
            return "";
        }
        return switch (json) {
            case String text -> text;
            case List<?> list -> {
                List<String> parts = new ArrayList<>();
                list.forEach(each -> parts.add(message(Values.requireDefined(each), depth + 1)));
                parts.removeIf(String::isEmpty);
                yield String.join(", ", parts);
            }
            case Map<?, ?> map -> {
                for (String key : MESSAGE_ORDER) {
                    Object value = map.get(key);
                    if (value != null && Values.truthy(value)) {
                        yield message(value, depth + 1);
                    }
                }
                yield "";
            }
            default -> "";
        };
    }

    /** A number that a header or a template gives. */
    static OptionalDouble number(Object value) {
        Object read = value instanceof String text ? Literals.read(text.strip()).orElse(None.NONE) : value;
        return Values.isNumber(read) ? OptionalDouble.of(Numbers.real(read)) : OptionalDouble.empty();
    }
}
