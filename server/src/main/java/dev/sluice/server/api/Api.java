package dev.sluice.server.api;

import dev.sluice.server.auth.AuditEntry;
import dev.sluice.server.auth.AuditLog;
import dev.sluice.server.auth.Authenticator;
import dev.sluice.server.auth.Caller;
import dev.sluice.server.auth.RateLimit;
import dev.sluice.server.auth.Realm;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Store;
import dev.sluice.server.telemetry.RequestListener;
import dev.sluice.server.timeline.Author;
import dev.sluice.server.workspaces.Workspace;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers requests: finds the route, asks who calls and whether they may, holds the content against its shape. */
public final class Api {
    /** How many requests an address may send at once, and in a minute; orchestrators look after each of many runs. */
    private static final int MOST_REQUESTS = 12_000;

    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1])(:\\d+)?");
    private static final Set<String> LOOKING = Set.of("GET", "HEAD");

    private final Store store;
    private final Authenticator authenticator;
    private final Router router;
    private final Shapes shapes;
    private final AuditLog audit;
    private final RateLimit requests;
    private final RequestListener listener;
    private final Clock clock;
    private final Page page = new Page(Api.class.getClassLoader());

    /**
     * Over some routes.
     *
     * @param shapes what they take and give
     * @param listener who hears of requests
     */
    public Api(
            Store store,
            Authenticator authenticator,
            Router router,
            Shapes shapes,
            RequestListener listener,
            Clock clock) {
        this.store = store;
        this.authenticator = authenticator;
        this.router = router.add(
                List.of(""),
                List.of(Route.get("/openapi.json", "getDocument", "Document")
                        .forEverybody()
                        .gives("Document")
                        .by(_ -> Answer.jsonText(document()))));
        this.shapes = shapes;
        this.listener = listener;
        this.clock = clock;
        this.audit = new AuditLog(clock);
        this.requests = new RateLimit(MOST_REQUESTS, Duration.ofMinutes(1), clock);
    }

    /** The document of the routes. */
    public String document() {
        return OpenApi.document(router.entries(), shapes);
    }

    /** Answers a request. Never throws: what goes wrong is an answer too. */
    public Answer answer(Message message) {
        Instant begun = clock.instant();
        long nanos = System.nanoTime();
        AtomicReference<String> route = new AtomicReference<>("");
        Answer answer = answer(message, route);
        listener.answered(new RequestListener.Answered(
                message.method(),
                route.get(),
                answer.status(),
                begun,
                Duration.ofNanos(System.nanoTime() - nanos),
                message.header("traceparent")));
        return answer;
    }

    private Answer answer(Message message, AtomicReference<String> route) {
        try {
            if (!requests.take(message.address())) {
                throw Refusal.of(429, "too-many-requests", "too many requests came from this address; wait a little");
            }
            // The page itself tells nothing of anybody; what it asks for does.
            Optional<Answer> shown = page.answer(message);
            if (shown.isPresent()) {
                return shown.get();
            }
            requireOwnPage(message);
            Router.Found found = router.find(message.method(), message.path());
            route.set(found.entry().prefix() + found.entry().route().path());
            return answer(message, found);
        } catch (RuntimeException failure) {
            Refusal refusal = Refusals.of(failure);
            Answer answer = refusal.answer();
            return refusal.status() == 401 ? answer.with("WWW-Authenticate", "Bearer") : answer;
        }
    }

    private Answer answer(Message message, Router.Found found) {
        Route route = found.entry().route();
        Caller caller = route.need() instanceof Route.Need.Nothing
                ? Caller.LOCAL
                : authenticator.caller(message.header("authorization"), message.address());
        Call call = new Call(message, found.names(), caller, null, body(message, route));
        Workspace workspace = null;
        boolean isRecorded = !LOOKING.contains(message.method()) && !(route.need() instanceof Route.Need.Nothing);
        boolean succeeded = false;
        try {
            workspace = workspace(route, call);
            requireShape(route, call);
            Call allowed = new Call(message, found.names(), caller, workspace, call.body());
            Answer answer = ScopedValue.where(Author.CURRENT, new Author(caller.accountId(), caller.name()))
                    .call(() -> route.handler().answer(allowed));
            succeeded = true;
            return answer;
        } finally {
            if (isRecorded) {
                record(call, workspace, route, succeeded);
            }
        }
    }

    /** The workspace that a call is about, in which the caller may do it. */
    private @Nullable Workspace workspace(Route route, Call call) {
        return switch (route.need()) {
            case Route.Need.Nothing() -> null;
            case Route.Need.Login() -> null;
            case Route.Need.Over(var access, var territory) -> {
                Realm realm = store.read(transaction -> territory.find(transaction, call));
                if (!call.caller().may(access, realm)) {
                    throw Refusal.forbidden();
                }
                yield realm instanceof Realm.OfWorkspace(Workspace workspace) ? workspace : null;
            }
            case Route.Need.In(var access, var place) -> {
                Workspace workspace = store.read(transaction -> place.find(transaction, call));
                if (!call.caller().may(access, workspace)) {
                    throw Refusal.forbidden();
                }
                yield workspace;
            }
        };
    }

    private Map<String, @Nullable Object> body(Message message, Route route) {
        if (route.takes() == null) {
            return Map.of();
        }
        String type = message.header("content-type");
        if (type != null && type.startsWith("application/x-www-form-urlencoded")) {
            return form(message.content());
        }
        try {
            Map<String, @Nullable Object> body = JsonText.object(message.content());
            body.values().removeIf(value -> value == null); // some clients send what they leave out as null
            return body;
        } catch (IllegalArgumentException malformed) {
            throw Refusal.unprocessable("the content cannot be read: " + malformed.getMessage());
        }
    }

    private static Map<String, @Nullable Object> form(String content) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        for (String pair : content.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                body.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return body;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw Refusal.unprocessable("the content has a malformed percent sign");
        }
    }

    private void requireShape(Route route, Call call) {
        String shape = route.takes();
        if (shape != null) {
            shapes.require(shape, call.body());
        }
    }

    /**
     * Where nobody logs in, pages of others must not get in through somebody's browser: neither by a name that they have
     * pointed to this machine, nor by a form of theirs.
     */
    private void requireOwnPage(Message message) {
        if (!authenticator.isOpen()) {
            return;
        }
        String host = message.header("host");
        String origin = message.header("origin");
        if (host == null || !LOOPBACK.matcher(host).matches()) {
            throw Refusal.of(403, "forbidden", "without a login, this server answers to localhost and 127.0.0.1 only");
        }
        boolean isForeign = origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host);
        if (isForeign || "cross-site".equals(message.header("sec-fetch-site"))) {
            throw Refusal.of(403, "forbidden", "without a login, this server answers no pages of others");
        }
    }

    private void record(Call call, @Nullable Workspace workspace, Route route, boolean succeeded) {
        String object = call.names().values().stream().findFirst().orElse(null);
        String agent = call.message().header("user-agent");
        AuditEntry entry = new AuditEntry(
                call.caller(),
                workspace == null ? null : workspace.id(),
                call.message().address(),
                route.name(),
                object,
                succeeded);
        store.change(transaction -> audit.write(transaction, entry, agent == null ? "" : agent));
    }
}
