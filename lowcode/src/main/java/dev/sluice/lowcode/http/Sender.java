package dev.sluice.lowcode.http;

import dev.sluice.lowcode.http.Resolution.Action;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.None;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests that write. It differs from reading in what may be done again: a request that may have been carried out is
 * repeated only if that changes nothing. Thread-safe.
 */
public final class Sender {
    /** Statuses by which services refuse what a request holds, as opposed to who asks, how often, or where. */
    private static final Set<Integer> OF_DATA =
            Set.of(400, 404, 406, 409, 410, 411, 412, 413, 414, 415, 416, 417, 422, 431);

    /** Statuses that come before anything was carried out. */
    private static final Set<Integer> NOT_DONE = Set.of(429, 503);

    /** Those who limit for long are waited for longer than those who fail. */
    private static final int MOST_LIMITED = 20;

    private final Requester requester;

    /** What sends by a requester of the manifest. */
    public Sender(Requester requester) {
        this.requester = requester;
    }

    /**
     * A request.
     *
     * @param path the path in the place of the one of the requester; empty to leave that
     * @param variables what its templates may use besides the configuration
     * @param headers headers that no template makes
     * @param body the body; empty if it has none
     * @param type the type of the body
     * @param repeatable true if carrying it out twice changes nothing
     */
    public record Parcel(
            Optional<String> path,
            Map<Object, Object> variables,
            Map<String, String> headers,
            Optional<String> body,
            String type,
            boolean repeatable) {}

    /** The request as it would be sent, without what it proves itself by. For messages. */
    public String place(Parcel parcel) {
        return call(parcel).place();
    }

    private Call call(Parcel parcel) {
        StreamSlice slice = new StreamSlice(Map.of(), Map.of(), parcel.variables());
        Call bare = requester.call(new Requester.Page(slice, None.NONE, parcel.path(), new Options()));
        byte @Nullable [] body =
                parcel.body().map(text -> text.getBytes(StandardCharsets.UTF_8)).orElseGet(bare::body);
        Map<String, String> headers = new LinkedHashMap<>(bare.headers());
        headers.putAll(parcel.headers());
        if (parcel.body().isPresent()
                && headers.keySet().stream()
                        .noneMatch(name -> name.toLowerCase(Locale.ROOT).equals("content-type"))) {
            headers.put("Content-Type", parcel.type());
        }
        return new Call(bare.method(), bare.url(), headers, body).from(bare.where(), 1);
    }

    /**
     * Sends a request until the service has taken or refused it, or nobody can know.
     *
     * @throws ProblemException if it could not be sent, and nothing was carried out
     */
    public Delivery send(Parcel parcel) {
        int failures = 0;
        int limited = 0;
        while (true) {
            requester.surroundings().requireWanted();
            Call call = call(parcel);
            Optional<Answer> answer = Optional.empty();
            Resolution resolution;
            try {
                Answer there = requester.answer(call);
                answer = Optional.of(there);
                resolution = requester.errors().ruled(there).orElseGet(() -> usual(there));
            } catch (ProblemException stopped) {
                // It may have been on its way already.
                if (stopped.problem().kind() != ProblemKind.CANCELLED || parcel.repeatable()) {
                    throw stopped;
                }
                return new Delivery.Unknown("the run was stopped before there was an answer");
            } catch (IOException broken) {
                resolution = new Resolution(Action.RETRY, ProblemKind.UNREACHABLE, "there is no answer: " + broken);
                if (!parcel.repeatable() && !isBeforeSending(broken)) {
                    return new Delivery.Unknown(resolution.message());
                }
            }
            switch (resolution.action()) {
                case SUCCESS, IGNORE, RESET_PAGINATION -> {
                    return new Delivery.Taken(answer.orElseThrow());
                }
                case FAIL -> {
                    if (resolution.kind() != ProblemKind.DATA) {
                        throw Requester.failed(call, answer, resolution);
                    }
                    return new Delivery.Refused(answer.orElseThrow(), resolution.message());
                }
                case REFRESH_TOKEN_THEN_RETRY -> requester.renew();
                case RETRY -> {
                    boolean done = answer.filter(there -> !NOT_DONE.contains(there.status()))
                            .isPresent();
                    if (done && !parcel.repeatable()) {
                        return new Delivery.Unknown(resolution.message());
                    }
                }
                case RATE_LIMITED -> {}
            }
            boolean waits = resolution.action() == Action.RATE_LIMITED;
            int attempt = waits ? ++limited : ++failures;
            if (waits ? limited > MOST_LIMITED : failures > requester.errors().maxRetries()) {
                throw Requester.exhausted(call, answer, resolution, attempt);
            }
            requester.pause(call, answer, resolution, Math.min(attempt, 8));
        }
    }

    private static boolean isBeforeSending(IOException broken) {
        return broken instanceof ConnectException || broken instanceof HttpConnectTimeoutException;
    }

    /** What an answer means where the manifest says nothing. */
    private static Resolution usual(Answer answer) {
        if (answer.isOk()) {
            return Resolution.OK;
        }
        String words = ErrorHandler.message(answer);
        String message = "HTTP " + answer.status() + (words.isEmpty() ? "" : ": " + words);
        if (OF_DATA.contains(answer.status())) {
            return new Resolution(Action.FAIL, ProblemKind.DATA, message);
        }
        return switch (answer.status()) {
            case 401, 403 -> new Resolution(Action.FAIL, ProblemKind.PERMISSION, message);
            case 402, 405, 501 -> new Resolution(Action.FAIL, ProblemKind.CONFIG, message);
            case 429 -> new Resolution(Action.RATE_LIMITED, ProblemKind.TRANSIENT, message);
            default -> new Resolution(Action.RETRY, ProblemKind.TRANSIENT, message);
        };
    }
}
