package dev.sluice.lowcode.http;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.time.Iso;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** How many requests may be sent in which time, as a manifest limits it for all its streams together. */
public final class CallBudget {
    private final ReentrantLock lock = new ReentrantLock();
    private final Surroundings surroundings;
    private final List<Policy> policies = new ArrayList<>();
    private final Map<String, Instant> held = new HashMap<>();
    private final String resetHeader;
    private final String remainingHeader;

    /** The budget of a manifest, which may have none. */
    public CallBudget(Optional<Component> component, Surroundings surroundings) {
        this.surroundings = surroundings;
        resetHeader = component
                .map(budget -> budget.text("ratelimit_reset_header", "ratelimit-reset"))
                .orElse("ratelimit-reset");
        remainingHeader = component
                .map(budget -> budget.text("ratelimit_remaining_header", "ratelimit-remaining"))
                .orElse("ratelimit-remaining");
        component.ifPresent(budget -> budget.all("policies").forEach(policy -> policies.add(policy(policy))));
    }

    private record Rate(long limit, Duration interval) {}

    /** One policy, the times of the calls that it has let through, and until when it lets none through. */
    private static final class Policy {
        private final List<Component> matchers;
        private final List<Rate> rates;
        private final Deque<Instant> calls = new ArrayDeque<>();
        private Instant closedUntil = Instant.MIN;

        Policy(List<Component> matchers, List<Rate> rates) {
            this.matchers = matchers;
            this.rates = rates;
        }
    }

    private Policy policy(Component policy) {
        List<Rate> rates = new ArrayList<>();
        switch (policy.type()) {
            case "MovingWindowCallRatePolicy" ->
                policy.all("rates").forEach(rate -> rates.add(new Rate(limit(rate, "limit"), span(rate, "interval"))));
            case "FixedWindowCallRatePolicy" ->
                rates.add(new Rate(limit(policy, "call_limit"), span(policy, "period")));
            case "UnlimitedCallRatePolicy" -> {}
            default -> throw policy.unsupported();
        }
        return new Policy(policy.all("matchers"), rates);
    }

    private long limit(Component rate, String field) {
        Object value = surroundings.templates().value(rate.text(field), surroundings.scope(rate.parameters()));
        OptionalDouble number = ErrorHandler.number(value);
        if (number.isEmpty() || number.getAsDouble() < 1) {
            throw rate.wrong(field, "has to be a number of calls from 1 on");
        }
        return (long) number.getAsDouble();
    }

    private static Duration span(Component rate, String field) {
        return Iso.span(rate.text(field)).rest();
    }

    /**
     * Waits until a request may be sent.
     *
     * @param waiting who waits, and can be stopped
     */
    void acquire(Call call, Surroundings waiting) {
        awaitHost(call, waiting);
        for (Policy policy : policies) {
            Optional<Long> weight = weight(policy, call);
            if (weight.isPresent()) {
                acquire(policy, weight.get(), waiting);
                return;
            }
        }
    }

    /** Nobody asks a service that has just told somebody to wait. */
    private void awaitHost(Call call, Surroundings waiting) {
        @Nullable Instant until;
        lock.lock();
        try {
            until = held.isEmpty() ? null : held.get(host(call));
        } finally {
            lock.unlock();
        }
        Instant now = surroundings.clock().instant();
        if (until != null && until.isAfter(now)) {
            waiting.pause(Duration.between(now, until));
        }
    }

    private static String host(Call call) {
        URI uri = Egress.address(call.url());
        return uri.getHost() + ":" + uri.getPort();
    }

    /** A service has told to wait: that holds for all who ask it. */
    void hold(Call call, Duration time) {
        Instant until = surroundings.clock().instant().plus(time);
        lock.lock();
        try {
            held.merge(host(call), until, (a, b) -> a.isAfter(b) ? a : b);
        } finally {
            lock.unlock();
        }
    }

    private void acquire(Policy policy, long weight, Surroundings waiting) {
        while (true) {
            Duration wait;
            lock.lock();
            try {
                wait = wait(policy, surroundings.clock().instant());
                if (!wait.isPositive()) {
                    for (long i = 0; i < weight && !policy.rates.isEmpty(); i++) {
                        policy.calls.addLast(surroundings.clock().instant());
                    }
                    return;
                }
            } finally {
                lock.unlock();
            }
            waiting.pause(wait);
        }
    }

    /** How long until every rate has room for one more call. */
    private static Duration wait(Policy policy, Instant now) {
        Duration longest = policy.closedUntil.isAfter(now) ? Duration.between(now, policy.closedUntil) : Duration.ZERO;
        Duration widest = Duration.ZERO;
        for (Rate rate : policy.rates) {
            Instant[] calls = policy.calls.toArray(new Instant[0]);
            if (calls.length >= rate.limit) {
                Duration wait = Duration.between(now, calls[(int) (calls.length - rate.limit)].plus(rate.interval));
                longest = wait.compareTo(longest) > 0 ? wait : longest;
            }
            widest = rate.interval.compareTo(widest) > 0 ? rate.interval : widest;
        }
        Instant gone = now.minus(widest);
        while (!policy.calls.isEmpty() && policy.calls.getFirst().isBefore(gone)) {
            policy.calls.removeFirst();
        }
        return longest;
    }

    private Optional<Long> weight(Policy policy, Call call) {
        if (policy.matchers.isEmpty()) {
            return Optional.of(1L);
        }
        for (Component matcher : policy.matchers) {
            if (CallMatcher.matches(matcher, call, surroundings)) {
                return Optional.of(matcher.has("weight") ? Math.max(1, limit(matcher, "weight")) : 1L);
            }
        }
        return Optional.empty();
    }

    /** Learns from what an answer says about what is left, for all who ask. */
    void learn(Call call, Answer answer) {
        for (Policy policy : policies) {
            if (weight(policy, call).isEmpty()) {
                continue;
            }
            boolean used = answer.header(remainingHeader)
                    .map(ErrorHandler::number)
                    .filter(number -> number.isPresent() && number.getAsDouble() < 1)
                    .isPresent();
            OptionalDouble reset =
                    answer.header(resetHeader).map(ErrorHandler::number).orElse(OptionalDouble.empty());
            double seconds = reset.orElse(0) - surroundings.clock().millis() / 1000.0;
            if (used && !policy.rates.isEmpty() && seconds > 0 && seconds < 86_400) {
                close(policy, Duration.ofMillis((long) (seconds * 1000)));
            }
            return;
        }
    }

    private void close(Policy policy, Duration time) {
        Instant until = surroundings.clock().instant().plus(time);
        lock.lock();
        try {
            policy.closedUntil = until.isAfter(policy.closedUntil) ? until : policy.closedUntil;
        } finally {
            lock.unlock();
        }
    }
}
