package dev.sluice.server.notify;

import dev.sluice.server.net.EgressGuard;
import dev.sluice.server.net.GuardedHttp;
import dev.sluice.server.store.Store;
import dev.sluice.server.workspaces.Workspace;
import dev.sluice.server.workspaces.Workspaces;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages, some at a time, until they arrive or are given up. One that a server sent just before it died is sent once
 * more; its id tells receivers that they have it.
 */
public final class Delivery {
    private static final System.Logger LOGGER = System.getLogger(Delivery.class.getName());
    private static final int AT_ONCE = 50;

    private final Store store;
    private final NotificationSettings settings;
    private final GuardedHttp http;
    private final @Nullable MailServer mail;
    private final String base;
    private final Clock clock;
    private final Workspaces workspaces;
    private final Messages messages;

    /**
     * What messages go through.
     *
     * @param http the way to addresses
     * @param mail the way to people; null for none
     * @param base the address at which people reach the server
     */
    public record Ways(GuardedHttp http, @Nullable MailServer mail, String base) {}

    /** That of a store. */
    public Delivery(Store store, NotificationSettings settings, Ways ways, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.http = ways.http();
        this.mail = ways.mail();
        this.base = ways.base();
        this.clock = clock;
        this.workspaces = new Workspaces(clock);
        this.messages = new Messages(clock);
    }

    /** Sends what is due. */
    public void send() {
        List<Message> due = store.read(transaction -> messages.due(transaction, AT_ONCE));
        List<Thread> threads = new ArrayList<>();
        for (Message message : due) { // one that waits for a slow receiver keeps no other waiting
            threads.add(Thread.ofVirtual().name("sluice message").start(() -> settle(message)));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void settle(Message message) {
        try {
            String gone = sent(message) ? null : "nobody wants it any more";
            store.change(transaction -> messages.settled(transaction, message, gone));
        } catch (ProblemException failure) {
            String words = words(failure.problem());
            LOGGER.log(System.Logger.Level.WARNING, "message " + message.id() + ": " + words);
            store.change(transaction -> messages.failed(transaction, message, words));
        }
    }

    private static String words(Problem problem) {
        return problem.why() == null ? problem.message() : problem.message() + ": " + problem.why();
    }

    /** False if it goes nowhere: settings may have changed since it was written. */
    private boolean sent(Message message) {
        Workspace workspace = store.<Optional<Workspace>>read(
                        transaction -> workspaces.find(transaction, message.workspaceId()))
                .filter(found -> found.life().isThere())
                .orElse(null);
        String target = workspace == null ? null : Wishes.of(workspace).target(message.occasion(), message.channel());
        if (workspace == null || target == null) {
            return false;
        }
        send(workspace.id(), message.id(), message.channel(), target, message.content());
        return true;
    }

    private void send(UUID workspaceId, UUID id, Channel channel, String target, Content content) {
        switch (channel) {
            case WEBHOOK -> {
                URI uri = EgressGuard.parse(target);
                String body = content.body(uri.getHost());
                Map<String, String> headers = new LinkedHashMap<>();
                headers.put("X-Sluice-Delivery", id.toString());
                store.read(transaction -> settings.key(transaction, workspaceId))
                        .ifPresent(key -> headers.put(Signature.HEADER, Signature.of(key, clock.instant(), body)));
                http.post(uri, body, headers);
            }
            case EMAIL -> {
                if (mail == null) {
                    throw Problem.of("E_MAIL", ProblemKind.CONFIG, "no mail server is set up")
                            .fix("name one with SLUICE_SMTP_URL and a sender with SLUICE_SMTP_FROM")
                            .exception();
                }
                mail.send(id, target, content);
            }
        }
    }

    /**
     * Sends a message at once, for whoever wants to see that it arrives.
     *
     * @param target where to
     * @throws ProblemException if it does not arrive
     */
    public void test(Workspace workspace, Channel channel, String target) {
        send(workspace.id(), UUID.randomUUID(), channel, target, Texts.sample(Notifier.named(workspace, base)));
    }
}
