package dev.sluice.server.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.engine.plan.StreamChange;
import dev.sluice.engine.run.StreamStatus;
import dev.sluice.server.Rooms;
import dev.sluice.server.Working;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.drift.SchemaChangeState;
import dev.sluice.server.drift.StreamSchemaChange;
import dev.sluice.server.jobs.AttemptResult;
import dev.sluice.server.jobs.AttemptStream;
import dev.sluice.server.jobs.FailureRow;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobWish;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.net.EgressGuard;
import dev.sluice.server.net.GuardedHttp;
import dev.sluice.server.secrets.KeyRing;
import dev.sluice.server.secrets.Secrets;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import dev.sluice.server.workspaces.Workspace;
import dev.sluice.server.workspaces.Workspaces;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages: on which occasion, with which words, signed, and that each arrives even if that takes long. */
@ParameterizedClass
@EnumSource(Dialect.class)
class NotifyTest {
    private static final Clock CLOCK = TestStore.CLOCK;

    private record Received(
            String path,
            String body,
            @Nullable String signature,
            @Nullable String id) {}

    private final TestStore opened;
    private final Store store;
    private final Workspaces workspaces = new Workspaces(CLOCK);
    private final NotificationSettings settings =
            new NotificationSettings(new Secrets(KeyRing.ofText(KeyRing.newKeys()), CLOCK), workspaces);
    private final Notifier notifier = new Notifier("http://sluice.example", CLOCK);
    private final Connection connection;
    private final HttpServer hook;
    private final String url;
    private final Queue<Received> received = new ConcurrentLinkedQueue<>();
    private volatile int status = 200;

    NotifyTest(Dialect dialect) throws IOException {
        opened = TestStore.open(dialect);
        store = opened.store();
        connection = new Rooms(store).connection("Shop to lake");
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            received.add(new Received(
                    exchange.getRequestURI().getPath(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    exchange.getRequestHeaders().getFirst(Signature.HEADER),
                    exchange.getRequestHeaders().getFirst("X-Sluice-Delivery")));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        hook.start();
        url = "http://127.0.0.1:" + hook.getAddress().getPort();
    }

    @AfterEach
    void close() {
        hook.stop(0);
        opened.close();
    }

    private Workspace workspace() {
        return store.read(transaction -> workspaces.find(transaction, connection.workspaceId()))
                .orElseThrow();
    }

    private void wish(@Nullable String email, Occasion... webhooks) {
        Map<String, Object> occasions = new LinkedHashMap<>();
        for (Occasion occasion : webhooks) {
            occasions.put(
                    occasion.key(), Map.of("webhook", Map.of("enabled", true, "url", url + "/" + occasion.key())));
        }
        store.compute(
                transaction -> settings.save(transaction, workspace(), email, new Json(JsonText.write(occasions)), 3));
    }

    private Delivery delivery(Duration later, @Nullable MailServer mail) {
        GuardedHttp http = new GuardedHttp(EgressGuard.open(), Duration.ofSeconds(5));
        return new Delivery(
                store, settings, new Delivery.Ways(http, mail, "http://sluice.example"), Clock.offset(CLOCK, later));
    }

    private List<Message> messages() {
        return store.read(
                transaction -> new Messages(CLOCK).list(transaction, connection.workspaceId(), Page.first(100)));
    }

    private static AttemptStream orders(long rejected) {
        return new AttemptStream(
                StreamId.of("orders"),
                StreamStatus.COMPLETE,
                new AttemptStream.Counts(70, 2_048, 60, 5, rejected, 0, -1),
                null,
                Json.EMPTY);
    }

    private Job run(AttemptResult result) {
        try (Working working = new Working(store, _ -> result, CLOCK, List.of(notifier))) {
            return working.run(connection, JobKind.SYNC);
        }
    }

    private static Problem wrong() {
        return Problem.of("E_AUTH_REFUSED", ProblemKind.PERMISSION, "the source refused the login")
                .fix("enter the password again");
    }

    @Test
    void aFailureIsToldWithItsNumbersAndSigned() {
        wish(null, Occasion.FAILURE, Occasion.SUCCESS);
        String key = store.compute(transaction -> settings.renewKey(transaction, workspace()));
        assertThat(workspace().settings().more().text()).contains("_secret").doesNotContain(key);
        Job job = run(AttemptResult.failed(wrong(), List.of(orders(0))));
        assertThat(received).as("nothing is sent within a transaction").isEmpty();
        delivery(Duration.ZERO, null).send();
        assertThat(received).singleElement().satisfies(one -> {
            assertThat(one.path()).isEqualTo("/failure");
            assertThat(one.signature()).isEqualTo(Signature.of(key, CLOCK.instant(), one.body()));
            assertThat(one.id()).isEqualTo(messages().getFirst().id().toString());
            Map<String, @Nullable Object> body = JsonText.object(one.body());
            assertThat(String.valueOf(body.get("text")))
                    .contains("The sync of Shop to lake (Shop to Lake) failed", "the source refused the login")
                    .contains("What to do: enter the password again", "http://sluice.example/workspaces/");
            assertThat(String.valueOf(body.get("blocks"))).contains("mrkdwn");
            assertThat(JsonText.members(body.get("data")))
                    .containsEntry("jobId", (int) job.id())
                    .containsEntry("success", false)
                    .containsEntry("recordsEmitted", 70)
                    .containsEntry("recordsCommitted", 60)
                    .containsEntry("recordsFilteredOut", 5)
                    .containsEntry("bytesEmittedFormatted", "2.0 kB")
                    .containsEntry("errorType", "config_error")
                    .containsEntry("errorMessage", "the source refused the login")
                    .containsKeys("workspace", "connection", "source", "destination", "startedAt", "finishedAt");
        });
        delivery(Duration.ZERO, null).send();
        assertThat(received).as("sent once").hasSize(1);
    }

    @Test
    void whatDoesNotArriveIsTriedAgainAlsoByAnotherServerAndGivenUpAtSomeTime() {
        wish(null, Occasion.SUCCESS);
        run(AttemptResult.succeeded(List.of(orders(0))));
        status = 500;
        delivery(Duration.ZERO, null).send();
        assertThat(messages().getFirst().course().problem()).contains("it answered 500");
        delivery(Duration.ofSeconds(29), null).send();
        assertThat(received).as("it waits").hasSize(1);
        status = 200;
        delivery(Duration.ofSeconds(30), null).send();
        assertThat(received).hasSize(2);
        assertThat(received.stream().map(Received::id).distinct())
                .as("as the same")
                .hasSize(1);
        assertThat(messages().getFirst().course().settledAt()).isNotNull();
        assertThat(messages().getFirst().course().problem()).isNull();

        run(AttemptResult.succeeded(List.of(orders(0))));
        status = 404;
        for (int i = 0; i < Messages.MOST_TRIES + 3; i++) {
            delivery(Duration.ofDays(1 + i), null).send();
        }
        assertThat(received).hasSize(2 + Messages.MOST_TRIES);
        assertThat(Messages.pause(1)).isEqualTo(Duration.ofSeconds(30));
        assertThat(Messages.pause(11)).isEqualTo(Duration.ofHours(1));
        Instant later = CLOCK.instant().plus(Duration.ofDays(99));
        assertThat(store.<Integer>compute(transaction -> new Messages(CLOCK).sweep(transaction, later, 1)))
                .isEqualTo(1);
        assertThat(messages()).hasSize(1);
    }

    @Test
    void whatNobodyWantsAnyMoreIsNotSentAndCancelledRunsAreNotTold() {
        wish(null, Occasion.SUCCESS);
        run(AttemptResult.succeeded(List.of()));
        run(AttemptResult.stopped(List.of()));
        assertThat(messages()).hasSize(1);
        wish(null);
        delivery(Duration.ZERO, null).send();
        assertThat(received).isEmpty();
        assertThat(messages().getFirst().course().settledAt()).isNotNull();
    }

    @Test
    void rejectedRecordsWarningsAndChangesAreToldFromTheirThresholdOn() {
        wish(
                null,
                Occasion.REJECTED_RECORDS,
                Occasion.SYNC_DISABLED,
                Occasion.SYNC_DISABLED_WARNING,
                Occasion.CONNECTION_UPDATE,
                Occasion.CONNECTION_UPDATE_ACTION_REQUIRED);
        run(AttemptResult.succeeded(List.of(orders(2))));
        assertThat(messages()).as("below the threshold").isEmpty();
        Job job = run(AttemptResult.succeeded(List.of(orders(3))));
        FailureRow row = new FailureRow(20, CLOCK.instant());
        store.change(transaction -> {
            notifier.warned(transaction, job, row);
            notifier.disabled(transaction, job, row);
            notifier.found(transaction, connection, null, List.of(change(false)), false);
            notifier.found(transaction, connection, null, List.of(change(true)), false);
        });
        delivery(Duration.ZERO, null).send();
        assertThat(received)
                .extracting(Received::path)
                .containsExactlyInAnyOrder(
                        "/rejectedRecords",
                        "/syncDisabledWarning",
                        "/syncDisabled",
                        "/connectionUpdate",
                        "/connectionUpdateActionRequired");
        assertThat(received)
                .anyMatch(one -> one.body().contains("Breaking: orders: id is gone"))
                .allMatch(one -> !one.body().contains("\"data\""));
    }

    @Test
    void whoWaitsForOthersIsToldOnceWhereSomebodyWantsToHearOfIt() {
        Job waits = store.compute(transaction -> new Jobs(CLOCK, List.of())
                .add(transaction, JobWish.of(connection.workspaceId(), JobKind.SYNC, connection.id(), null)));
        Clock later = Clock.offset(CLOCK, Waiting.LONG);
        new Waiting(store, notifier, later).tell();
        assertThat(messages()).as("nobody wants to hear of it").isEmpty();
        wish(null, Occasion.CONNECTION_SYNC_QUEUED);
        new Waiting(store, notifier, CLOCK).tell();
        assertThat(messages()).as("it came just now").isEmpty();
        new Waiting(store, notifier, later).tell();
        new Waiting(store, notifier, later).tell();
        delivery(Duration.ZERO, null).send();
        assertThat(received).singleElement().satisfies(one -> {
            assertThat(one.path()).isEqualTo("/connectionSyncQueued");
            assertThat(one.body()).contains("Job " + waits.id(), "\"jobId\":" + waits.id(), "Shop to lake");
        });
    }

    private static StreamSchemaChange change(boolean breaking) {
        return new StreamSchemaChange(
                StreamId.of("orders"),
                StreamChange.Kind.CHANGED,
                SchemaChangeState.OPEN,
                new StreamSchemaChange.Weight(breaking, breaking),
                new Json("[{\"words\": \"id is gone\"}]"),
                "",
                new StreamSchemaChange.Found(null, CLOCK.instant()));
    }

    @Test
    void mailsGoToTheWorkspaceUnlessSomebodySaysOtherwise() throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            wish("team@example.org");
            run(AttemptResult.failed(wrong(), List.of()));
            run(AttemptResult.succeeded(List.of()));
            delivery(Duration.ZERO, null).send();
            assertThat(messages().getFirst().course().problem()).contains("no mail server");
            MailServer mail = MailServer.of(
                    "smtp://127.0.0.1:" + server.getSmtp().getPort(), "sluice@example.org", Duration.ofSeconds(5));
            ClassLoader ours = Thread.currentThread().getContextClassLoader();
            Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
            delivery(Duration.ofMinutes(1), mail).send(); // as where the server is loaded by somebody else
            Thread.currentThread().setContextClassLoader(ours);
            MimeMessage[] mails = server.getReceivedMessages();
            assertThat(mails).as("of successes no mails are sent").hasSize(1);
            assertThat(mails[0].getSubject()).isEqualTo("Sync failed: Shop to lake");
            assertThat(mails[0].getAllRecipients()[0]).hasToString("team@example.org");
            assertThat(String.valueOf(mails[0].getContent())).contains("enter the password again");
            // A password is told to nobody who does not encrypt.
            MailServer secret = MailServer.of(
                    "smtp://me:canary-9d@127.0.0.1:" + server.getSmtp().getPort(),
                    "sluice@example.org",
                    Duration.ofSeconds(5));
            assertThatThrownBy(
                            () -> delivery(Duration.ZERO, secret).test(workspace(), Channel.EMAIL, "team@example.org"))
                    .hasMessageContaining("did not arrive")
                    .message()
                    .doesNotContain("canary");
        } finally {
            server.stop();
        }
        assertThatThrownBy(() -> MailServer.of("mail.example.org", "x@y.z", Duration.ofSeconds(1)))
                .hasMessageContaining("mail server");
    }

    @Test
    void wordsFitWhereTheyGo() {
        Content content = new Content("s".repeat(200), "a <b> & " + "c".repeat(5_000), Map.of("jobId", 7));
        assertThat(content.body("chat.googleapis.com")).doesNotContain("blocks", "jobId");
        String slack = content.body("hooks.slack.com");
        assertThat(slack).contains("\"jobId\":7", "a &lt;b&gt; &amp; c");
        assertThat(Content.read(content.kept()).text()).isEqualTo(content.text());
        assertThat(Texts.bytes(1_536)).isEqualTo("1.5 kB");
        assertThat(Texts.bytes(12)).isEqualTo("12 B");
        assertThat(Texts.words(Duration.ofSeconds(3_725))).isEqualTo("1 h 2 min");
    }
}
