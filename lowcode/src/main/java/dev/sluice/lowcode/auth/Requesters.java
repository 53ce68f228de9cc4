package dev.sluice.lowcode.auth;

import dev.sluice.lowcode.http.Authenticator;
import dev.sluice.lowcode.http.CallBudget;
import dev.sluice.lowcode.http.Concurrency;
import dev.sluice.lowcode.http.Requester;
import dev.sluice.lowcode.http.Sender;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.LocalDates;
import dev.sluice.lowcode.value.Values;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Makes requesters with what they prove themselves by. The same definition is one authenticator, so it logs in once. */
public final class Requesters {
    private final Surroundings surroundings;
    private final CallBudget budget;
    private final Concurrency concurrency;
    private final Map<String, Authenticator> known;
    private final ReentrantLock lock;
    private final @Nullable Requesters whole;

    /** Requesters of one source. */
    public Requesters(Surroundings surroundings, CallBudget budget, Concurrency concurrency) {
        this.surroundings = surroundings;
        this.budget = budget;
        this.concurrency = concurrency;
        this.known = new HashMap<>();
        this.lock = new ReentrantLock();
        this.whole = null;
    }

    private Requesters(Surroundings surroundings, Requesters whole) {
        this.surroundings = surroundings;
        this.budget = whole.budget;
        this.concurrency = whole.concurrency;
        this.known = whole.known;
        this.lock = whole.lock;
        this.whole = whole;
    }

    /** The same for one reader, with the logins of all. */
    public Requesters in(Surroundings reader) {
        return new Requesters(reader, whole == null ? this : whole);
    }

    /** What its requesters share. */
    public Surroundings surroundings() {
        return surroundings;
    }

    /** How much of the source may happen at the same time. */
    public Concurrency concurrency() {
        return concurrency;
    }

    /**
     * A requester.
     *
     * @param cached true if its answers are kept, as others will ask for the same
     */
    public Requester of(Component component, boolean cached) {
        return new Requester(
                component,
                surroundings,
                authenticator(component.optional("authenticator")),
                budget,
                concurrency,
                cached);
    }

    /** What sends records by a requester. */
    public Sender sender(Component component) {
        return new Sender(of(component, false));
    }

    /** What a component makes requests prove themselves by. */
    Authenticator authenticator(Optional<Component> component) {
        if (component.isEmpty()) {
            return Authenticator.NONE;
        }
        String key = JsonValues.canonical(LocalDates.asTexts(component.get().values()));
        // It outlives the reader that needs it first, so it has nothing of it.
        Requesters home = whole == null ? this : whole;
        lock.lock();
        try {
            Authenticator there = known.get(key);
            if (there == null) {
                there = home.made(component.get());
                known.put(key, there);
            }
            return there;
        } finally {
            lock.unlock();
        }
    }

    private Authenticator made(Component component) {
        return switch (component.type()) {
            case "NoAuth" -> Authenticator.NONE;
            case "BearerAuthenticator", "ApiKeyAuthenticator", "BasicHttpAuthenticator" ->
                new FixedAuthenticator(component, surroundings);
            case "OAuthAuthenticator" -> new OAuthAuthenticator(component, surroundings);
            case "SessionTokenAuthenticator" ->
                new SessionTokenAuthenticator(
                        component, surroundings, of(component.required("login_requester"), false));
            case "LegacySessionTokenAuthenticator" -> new LegacySessionAuthenticator(component, surroundings);
            case "JwtAuthenticator" -> new JwtAuthenticator(component, surroundings);
            case "RateLimitedMultipleTokenAuthenticator" -> new RotatingAuthenticator(component, surroundings);
            case "SelectiveAuthenticator" -> selected(component);
            case "ConditionalAuthenticator" -> conditional(component);
            default -> throw component.unsupported();
        };
    }

    /** The first of several that a condition over the configuration chooses. */
    private Authenticator conditional(Component component) {
        Scope scope = surroundings.scope(component.parameters());
        return component.all("choices").stream()
                .filter(choice -> surroundings.templates().holds(choice.text("condition"), scope))
                .findFirst()
                .map(choice -> authenticator(Optional.of(component.required(choice.text("use")))))
                .orElseThrow(() -> component.wrong("choices", "has none for what the configuration says"));
    }

    private Authenticator selected(Component component) {
        Object choice = surroundings.configAt(component.texts("authenticator_selection_path"));
        Component all = component.required("authenticators");
        return authenticator(Optional.of(all.optional(Values.str(choice))
                .orElseThrow(() -> component.wrong(
                        "authenticators",
                        "has none for what the configuration chooses at "
                                + String.join(".", component.texts("authenticator_selection_path"))))));
    }
}
