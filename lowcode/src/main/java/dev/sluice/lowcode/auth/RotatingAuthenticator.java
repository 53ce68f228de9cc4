package dev.sluice.lowcode.auth;

import dev.sluice.lowcode.http.Answer;
import dev.sluice.lowcode.http.Authenticator;
import dev.sluice.lowcode.http.Call;
import dev.sluice.lowcode.http.CallMatcher;
import dev.sluice.lowcode.http.Options;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.http.TokenCall;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.time.Iso;
import dev.sluice.lowcode.value.Dpath;
import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Several tokens, of which the service lets each make so many calls until a time. A token whose calls are used up gives way to
 * the next; when all are, it is waited until the first has calls again. Calls of different kinds are counted apart.
 */
final class RotatingAuthenticator implements Authenticator {
    private static final int MOST_ATTEMPTS = 5;
    private static final Duration LEAST_WAIT = Duration.ofSeconds(5);
    private static final double MOST_DELAY = 10;
    private static final Duration SKEW = Duration.ofSeconds(60);

    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock asking = new ReentrantLock();
    private final Component component;
    private final Surroundings surroundings;
    private final List<String> tokens;
    private final List<Component> kinds;
    private final Duration longest;
    private Map<String, Map<String, Quota>> quotas = Map.of();
    private int active;

    /** How many calls a token has left. */
    private static final class Quota {
        private final boolean known;
        private long left;
        private long limit;
        private Instant reset;

        Quota(boolean known, long left, long limit, Instant reset) {
            this.known = known;
            this.left = left;
            this.limit = limit;
            this.reset = reset;
        }
    }

    RotatingAuthenticator(Component component, Surroundings surroundings) {
        this.component = component;
        this.surroundings = surroundings;
        this.tokens = tokens();
        this.kinds = component.all("quotas");
        if (tokens.isEmpty()) {
            throw component.wrong("tokens", "gives no token");
        }
        if (kinds.isEmpty()) {
            throw component.wrong("quotas", "names none");
        }
        String most = surroundings.templates().text(component.text("max_wait_time", "PT2H"), surroundings.scope());
        this.longest = Iso.span(most).rest();
    }

    private List<String> tokens() {
        if (component.raw("tokens") instanceof List<?>) {
            return component.texts("tokens").stream()
                    .map(this::exact)
                    .map(String::strip)
                    .filter(token -> !token.isEmpty())
                    .toList();
        }
        String delimiter = component.text("token_delimiter", ",");
        return Arrays.stream(exact(component.text("tokens")).split(Pattern.quote(delimiter)))
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .toList();
    }

    private String exact(String template) {
        return surroundings.templates().exact(template, surroundings.scope());
    }

    /** Which token it is depends on the call, so it comes later. */
    @Override
    public void apply(Options options) {}

    @Override
    public Call sign(Call call, Surroundings waiting) {
        begin();
        return signed(call, acquire(kind(call), waiting));
    }

    private Call signed(Call call, String token) {
        return call.with(header(), (method() + " " + token).strip());
    }

    private String header() {
        return named("header", "Authorization");
    }

    private String method() {
        return named("auth_method", "Bearer");
    }

    private String named(String field, String fallback) {
        return component.optionalText(field).filter(text -> !text.isEmpty()).orElse(fallback);
    }

    private void begin() {
        asking.lock();
        try {
            if (quotas.isEmpty()) {
                ask();
            }
        } finally {
            asking.unlock();
        }
    }

    /** Asks for each token what it has left. */
    private void ask() {
        Map<String, Map<String, Quota>> fresh = new LinkedHashMap<>();
        tokens.forEach(token -> fresh.put(token, told(token)));
        lock.lock();
        try {
            quotas = fresh;
        } finally {
            lock.unlock();
        }
        long unknown = fresh.values().stream()
                .filter(own -> own.values().stream().anyMatch(quota -> !quota.known))
                .count();
        if (unknown > 0) {
            surroundings.log("the service does not tell what " + unknown + " of " + tokens.size()
                    + " tokens have left: nobody waits for them");
        }
    }

    private Map<String, Quota> told(String token) {
        Component source = component.required("quota_status_source");
        Map<String, String> headers = new LinkedHashMap<>();
        Values.mapOrEmpty(source.raw("request_headers"))
                .forEach((name, value) -> headers.put(Values.str(name), exact(Values.str(value))));
        Call call = new Call(source.text("http_method", "GET"), exact(source.text("url")), headers, null);
        Answer answer = TokenCall.send(surroundings, signed(call, token), MOST_ATTEMPTS);
        Map<String, Quota> own = new LinkedHashMap<>();
        if (source.texts("unavailable_status_codes").contains(Integer.toString(answer.status()))) {
            kinds.forEach(kind -> own.put(kind.text("name"), new Quota(false, 0, 0, Instant.EPOCH)));
            return own;
        }
        if (!answer.isOk()) {
            throw Problem.of(
                            "E_AUTH_REFUSED",
                            answer.status() == 429 || answer.status() >= 500
                                    ? ProblemKind.TRANSIENT
                                    : ProblemKind.PERMISSION,
                            "the service does not tell what a token may do: HTTP " + answer.status())
                    .at(answer.call().place())
                    .fix("check the tokens")
                    .exception();
        }
        for (Component kind : kinds) {
            long left = number(kind, "remaining_path", answer.json());
            long limit = kind.has("limit_path") ? number(kind, "limit_path", answer.json()) : left;
            Object reset = at(kind, "reset_path", answer.json());
            own.put(
                    kind.text("name"),
                    new Quota(true, left, limit, time(reset).orElseThrow(() -> wrong(kind, "reset_path"))));
        }
        return own;
    }

    private static Object at(Component kind, String field, Object json) {
        Object value = Dpath.get(json, kind.texts(field), None.NONE);
        if (value instanceof None) {
            throw wrong(kind, field);
        }
        return value;
    }

    private static long number(Component kind, String field, Object json) {
        return whole(Values.str(at(kind, field, json))).orElseThrow(() -> wrong(kind, field));
    }

    private static ProblemException wrong(Component kind, String field) {
        return kind.wrong(field, "leads to nothing that can be used in what the service tells");
    }

    private static OptionalLong whole(String text) {
        try {
            return OptionalLong.of(new BigInteger(text.strip()).longValueExact());
        } catch (ArithmeticException | NumberFormatException other) {
            return OptionalLong.empty();
        }
    }

    /** Seconds since 1970, or a time as people write it. */
    private static Optional<Instant> time(Object value) {
        OptionalLong seconds =
                Numbers.isWhole(value) || value instanceof String ? whole(Values.str(value)) : OptionalLong.empty();
        try {
            return Optional.of(
                    seconds.isPresent()
                            ? Instant.ofEpochSecond(seconds.getAsLong())
                            : Iso.moment(Values.str(value)).instant());
        } catch (Fault | DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** The kind of a call; a kind without matchers is for all others. */
    private Component kind(Call call) {
        Component rest = null;
        for (Component kind : kinds) {
            List<Component> matchers = kind.all("matchers");
            if (matchers.stream().anyMatch(matcher -> CallMatcher.matches(matcher, call, surroundings))) {
                return kind;
            }
            rest = rest == null && matchers.isEmpty() ? kind : rest;
        }
        return rest == null ? kinds.getFirst() : rest;
    }

    private @Nullable Quota quota(String token, Component kind) {
        Map<String, Quota> own = quotas.get(token);
        return own == null ? null : own.get(kind.text("name"));
    }

    private List<Quota> all(Component kind) {
        List<Quota> all = new ArrayList<>();
        for (String token : tokens) {
            Quota quota = quota(token, kind);
            if (quota != null) {
                all.add(quota);
            }
        }
        return all;
    }

    /** What is to be done before a call: a token for it, and how long to wait before; no token if all have to be waited for. */
    private record Step(@Nullable String token, Duration pause) {}

    private String acquire(Component kind, Surroundings waiting) {
        Instant deadline = surroundings.clock().instant().plus(longest);
        while (true) {
            Step step;
            lock.lock();
            try {
                step = step(kind, deadline);
            } finally {
                lock.unlock();
            }
            String token = step.token();
            if (token != null) {
                if (step.pause().toMillis() >= 100) {
                    waiting.pause(step.pause());
                }
                return token;
            }
            waiting.log("all tokens are used up: waiting " + step.pause().toSeconds() + " s");
            waiting.pause(step.pause());
            askIfUsedUp(kind);
        }
    }

    private Step step(Component kind, Instant deadline) {
        List<Quota> all = all(kind);
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(active);
            Quota quota = quota(token, kind);
            if (quota == null || !quota.known) {
                active = (active + 1) % tokens.size();
                return new Step(token, Duration.ZERO);
            }
            if (quota.left > 0) {
                quota.left--;
                return new Step(token, delay(all, quota));
            }
            active = (active + 1) % tokens.size();
        }
        Instant now = surroundings.clock().instant();
        Duration budget = Duration.between(now, deadline);
        Duration first = all.stream()
                .map(quota -> Duration.between(now, quota.reset))
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
        if (!budget.isPositive() || first.compareTo(budget) >= 0) {
            throw Problem.of("E_RATE_LIMIT", ProblemKind.TRANSIENT, "all tokens are used up")
                    .at(component.where())
                    .because("the first has calls again later than the " + longest + " that may be waited")
                    .fix("run the sync again later, or add a token")
                    .exception();
        }
        Duration wait = first.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : first;
        return new Step(null, wait.compareTo(budget) < 0 ? wait : budget);
    }

    /** When every token has few calls left, those are spread over the time until there are more. */
    private Duration delay(List<Quota> all, Quota own) {
        double fraction = real("budget_reserve_fraction", 0.1);
        double least = real("budget_min_reserve", 50);
        boolean scarce =
                all.stream().allMatch(each -> each.known && each.left <= Math.max(least, each.limit * fraction));
        long left = all.stream().mapToLong(each -> Math.max(each.left, 0)).sum();
        double seconds =
                Duration.between(surroundings.clock().instant(), own.reset).toMillis() / 1000.0;
        return scarce && left > 0 && seconds > 0
                ? Duration.ofMillis((long) (Math.min(seconds / left, MOST_DELAY) * 1000))
                : Duration.ZERO;
    }

    private double real(String field, double fallback) {
        Object value = component.raw(field);
        return Values.isNumber(value) ? Numbers.real(value) : fallback;
    }

    /** Of several that waited only the first asks. */
    private void askIfUsedUp(Component kind) {
        asking.lock();
        try {
            boolean still;
            lock.lock();
            try {
                still = all(kind).stream().allMatch(quota -> quota.known && quota.left <= 0);
            } finally {
                lock.unlock();
            }
            if (still) {
                ask();
            }
        } finally {
            asking.unlock();
        }
    }

    private Optional<String> sender(Call signed) {
        String value = signed.headers().getOrDefault(header(), "");
        return tokens.stream()
                .filter(token -> value.equals((method() + " " + token).strip()))
                .findFirst();
    }

    @Override
    public void seen(Call signed, Answer answer) {
        Component kind = kind(signed);
        Optional<String> token = sender(signed);
        boolean refused = kind.texts("exhaustion_status_codes").contains(Integer.toString(answer.status()));
        OptionalLong left = header(kind, "remaining_header", answer);
        if (left.isEmpty() && refused) {
            left = OptionalLong.of(0);
        }
        OptionalLong limit = header(kind, "limit_header", answer);
        Optional<Instant> reset =
                kind.optionalText("reset_header").flatMap(answer::header).flatMap(RotatingAuthenticator::time);
        if (token.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            Quota quota = quota(token.get(), kind);
            if (quota != null && quota.known) {
                correct(quota, left, limit, reset, refused);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Answers come in any order, so that only those of a newer time may tell of more calls than are known. */
    private static void correct(
            Quota quota, OptionalLong left, OptionalLong limit, Optional<Instant> reset, boolean refused) {
        Instant until = reset.orElse(quota.reset);
        boolean newer = until.isAfter(quota.reset);
        boolean older = until.isBefore(quota.reset);
        if (limit.isPresent() && limit.getAsLong() > 0 && !older) {
            quota.limit = limit.getAsLong();
        }
        if (newer) {
            quota.reset = until;
            quota.left = left.orElse(quota.limit);
        } else if (left.isPresent()) {
            boolean present = !until.isBefore(quota.reset.minus(SKEW));
            if (present || (refused && left.getAsLong() <= 0)) {
                quota.left = Math.min(quota.left, left.getAsLong());
            }
        }
    }

    private static OptionalLong header(Component kind, String field, Answer answer) {
        Optional<String> value = kind.optionalText(field).flatMap(answer::header);
        return value.isPresent() ? whole(value.get()) : OptionalLong.empty();
    }

    @Override
    public boolean hasOther(Call signed) {
        Component kind = kind(signed);
        Optional<String> sender = sender(signed);
        lock.lock();
        try {
            Quota own = sender.isPresent() ? quota(sender.get(), kind) : null;
            return own != null
                    && own.known
                    && own.left <= 0
                    && all(kind).stream().anyMatch(quota -> quota != own && quota.left > 0);
        } finally {
            lock.unlock();
        }
    }
}
