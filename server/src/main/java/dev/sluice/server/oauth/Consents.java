package dev.sluice.server.oauth;

import dev.sluice.server.json.JsonText;
import dev.sluice.server.net.GuardedFetch;
import dev.sluice.server.secrets.Secrets;
import dev.sluice.server.store.Store;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Has people give their consent. What is needed when they come back lies encrypted in the store under what only the state of
 * the request tells, counts once, and for a quarter of an hour; what comes of it lies there for an hour, for who may edit
 * sources of the same workspace.
 */
public final class Consents {
    private static final Duration BACK_WITHIN = Duration.ofMinutes(15);
    private static final Duration USED_WITHIN = Duration.ofHours(1);
    private static final int MOST_ANSWERED = 1 << 20;
    private static final String SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final Store store;
    private final Secrets secrets;
    private final GuardedFetch web;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * Those of a store.
     *
     * @param web where codes are exchanged
     */
    public Consents(Store store, Secrets secrets, GuardedFetch web, Clock clock) {
        this.store = store;
        this.secrets = secrets;
        this.web = web;
        this.clock = clock;
    }

    /** True if a connector describes a way to sign in that can be gone here. */
    public static boolean isPossible(@Nullable Object advancedAuth) {
        return Flow.of(advancedAuth).isPresent();
    }

    /**
     * What a consent is about.
     *
     * @param workspaceId where its result may be used
     * @param advancedAuth what the connector says of signing in
     * @param callback the address of this server that the service sends people back to
     * @param back where people are sent then
     */
    public record Wish(UUID workspaceId, @Nullable Object advancedAuth, String callback, String back) {}

    /**
     * Begins.
     *
     * @param configuration what the form of the connector holds so far
     * @param credentials those of the workspace for this connector; what is in the configuration counts more
     * @return where to send somebody
     */
    public URI begin(
            Wish wish, Map<String, @Nullable Object> configuration, Map<String, @Nullable Object> credentials) {
        Flow flow = Flow.of(wish.advancedAuth()).orElseThrow(() -> FlowTemplate.wrong("it describes none"));
        Map<String, String> known = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> told : List.of(credentials, configuration)) {
            for (String name : List.of("client_id", "client_secret")) {
                if (told.get(name) instanceof String text && !text.isEmpty()) {
                    known.put(name, text);
                }
            }
        }
        known.putAll(flow.entered(configuration));
        String state = state(flow.stateLength());
        known.put("state", state);
        known.put("redirect_uri", wish.callback());
        URI consent = flow.consent(flow.values(known));
        Map<String, Object> pending = new LinkedHashMap<>();
        pending.put("auth", wish.advancedAuth() == null ? Map.of() : wish.advancedAuth());
        pending.put("back", wish.back());
        pending.put("known", known);
        store.change(transaction -> secrets.lend(
                transaction,
                id(state),
                wish.workspaceId(),
                JsonText.write(pending),
                clock.instant().plus(BACK_WITHIN)));
        return consent;
    }

    private String state(int length) {
        StringBuilder state = new StringBuilder();
        for (int i = 0; i < length; i++) {
            state.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return state.toString();
    }

    private static UUID id(String state) {
        ByteBuffer digest = ByteBuffer.wrap(FlowTemplate.sha256("consent " + state));
        return new UUID(digest.getLong(), digest.getLong());
    }

    /**
     * Somebody comes back from a service.
     *
     * @param answer what the service says in the address
     * @return where to send them, with {@code secret_id} or {@code error} in the address
     * @throws ProblemException code {@code E_OAUTH_STATE}, if nobody is awaited
     */
    public URI arrive(Map<String, String> answer) {
        String state = answer.get("state");
        Secrets.Lent lent = state == null
                ? null
                : store.<Optional<Secrets.Lent>>compute(transaction -> secrets.take(transaction, id(state)))
                        .orElse(null);
        if (lent == null) {
            throw Problem.of("E_OAUTH_STATE", ProblemKind.CONFIG, "nobody is awaited back from this consent")
                    .because("it took longer than " + BACK_WITHIN.toMinutes() + " minutes, or it was used before")
                    .fix("begin once more")
                    .exception();
        }
        Map<String, @Nullable Object> pending = JsonText.object(lent.text());
        String back = String.valueOf(pending.get("back"));
        try {
            return with(
                    back,
                    "secret_id",
                    exchanged(lent.workspaceId(), pending, answer).toString());
        } catch (ProblemException failed) {
            String why = failed.problem().why();
            return with(back, "error", failed.problem().message() + (why == null ? "" : ": " + why));
        }
    }

    private UUID exchanged(UUID workspaceId, Map<String, @Nullable Object> pending, Map<String, String> answer) {
        if (answer.containsKey("error")) {
            throw refused(answer.getOrDefault("error_description", answer.get("error")));
        }
        Flow flow = Flow.of(pending.get("auth")).orElseThrow(() -> FlowTemplate.wrong("it describes none"));
        Map<String, String> known = new LinkedHashMap<>();
        JsonText.members(pending.get("known")).forEach((name, value) -> known.put(name, String.valueOf(value)));
        String codeKey = flow.values(known).getOrDefault("auth_code_key", "code");
        String code = answer.get(codeKey);
        if (code == null) {
            throw refused("it gave no code");
        }
        known.put("auth_code", code);
        Map<String, String> values = flow.values(known);
        Flow.Exchange exchange = flow.exchange(values);
        GuardedFetch.Fetched fetched = web.post(exchange.uri(), exchange.content(), exchange.headers(), MOST_ANSWERED);
        if (fetched.status() != 200) {
            throw refused("it answered " + fetched.status() + " when the code was exchanged");
        }
        Map<String, @Nullable Object> got;
        try {
            got = JsonText.object(fetched.text());
        } catch (IllegalArgumentException notJson) {
            throw refused("its answer is no JSON");
        }
        for (String name : flow.wanted()) {
            if (Flow.at(got, List.of(name.split("\\.", -1))) == null) {
                throw refused("its answer has no " + name);
            }
        }
        List<Map<String, Object>> brought = new ArrayList<>();
        for (Flow.Brought each : flow.brought(got, values, clock.instant())) {
            brought.add(Map.of("path", each.path(), "value", each.value()));
        }
        UUID id = UUID.randomUUID();
        store.change(transaction -> secrets.lend(
                transaction,
                id,
                workspaceId,
                JsonText.write(Map.of("brought", brought)),
                clock.instant().plus(USED_WITHIN)));
        return id;
    }

    /**
     * Puts what a consent has brought into a configuration. It can be used until a source was made of it, or for an hour.
     *
     * @throws ProblemException code {@code E_OAUTH_SECRET}, if there is none of this workspace
     */
    public Map<String, @Nullable Object> completed(
            UUID workspaceId, String secretId, Map<String, @Nullable Object> configuration) {
        Map<String, @Nullable Object> whole = JsonText.object(JsonText.write(configuration));
        if (JsonText.object(lent(workspaceId, secretId)).get("brought") instanceof List<?> brought) {
            for (Object each : brought) {
                Map<String, @Nullable Object> one = JsonText.members(each);
                if (one.get("path") instanceof List<?> path) {
                    put(whole, path.stream().map(String::valueOf).toList(), one.get("value"));
                }
            }
        }
        return whole;
    }

    private String lent(UUID workspaceId, String secretId) {
        try {
            UUID id = UUID.fromString(secretId);
            return store.<Optional<Secrets.Lent>>read(transaction -> secrets.lent(transaction, id))
                    .filter(found -> found.workspaceId().equals(workspaceId))
                    .map(Secrets.Lent::text)
                    .orElseThrow(Consents::noSecret);
        } catch (IllegalArgumentException malformed) {
            throw noSecret();
        }
    }

    private static ProblemException noSecret() {
        return Problem.of("E_OAUTH_SECRET", ProblemKind.CONFIG, "there is no result of a consent with this secretId")
                .because("it is of another workspace, or more than an hour old")
                .fix("have the consent given once more")
                .exception();
    }

    private static void put(Map<String, @Nullable Object> into, List<String> path, @Nullable Object value) {
        if (path.size() == 1) {
            into.put(path.getFirst(), value);
            return;
        }
        Map<String, @Nullable Object> inner =
                into.get(path.getFirst()) instanceof Map<?, ?> there ? JsonText.members(there) : new LinkedHashMap<>();
        put(inner, path.subList(1, path.size()), value);
        into.put(path.getFirst(), inner);
    }

    private static ProblemException refused(String why) {
        return Problem.of("E_OAUTH_REFUSED", ProblemKind.PERMISSION, "the service gave no access")
                .because(why)
                .fix("begin once more, and check the client id and secret")
                .exception();
    }

    private static URI with(String address, String name, String value) {
        return URI.create(address + (address.contains("?") ? "&" : "?") + name + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
}
