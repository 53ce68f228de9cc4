package dev.sluice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.server.Rooms;
import dev.sluice.server.alerts.AlertKeeper;
import dev.sluice.server.api.access.AccessApi;
import dev.sluice.server.api.access.SignIn;
import dev.sluice.server.api.legacy.LegacyRoutes;
import dev.sluice.server.api.open.Builder;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.OpenApiRoutes;
import dev.sluice.server.api.open.Outside;
import dev.sluice.server.api.open.Previews;
import dev.sluice.server.api.open.Work;
import dev.sluice.server.api.own.Operated;
import dev.sluice.server.api.own.OwnRoutes;
import dev.sluice.server.auth.Access;
import dev.sluice.server.auth.Account;
import dev.sluice.server.auth.Accounts;
import dev.sluice.server.auth.Applications;
import dev.sluice.server.auth.Authenticator;
import dev.sluice.server.auth.FirstAdmin;
import dev.sluice.server.auth.Grant;
import dev.sluice.server.auth.LoginRules;
import dev.sluice.server.auth.Tokens;
import dev.sluice.server.definitions.Builtins;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.definitions.Definitions;
import dev.sluice.server.definitions.ProgramLeave;
import dev.sluice.server.drift.SchemaChanges;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.net.EgressGuard;
import dev.sluice.server.net.GuardedFetch;
import dev.sluice.server.net.GuardedHttp;
import dev.sluice.server.notify.Delivery;
import dev.sluice.server.notify.NotificationSettings;
import dev.sluice.server.runs.Offered;
import dev.sluice.server.runs.ReplayTrials;
import dev.sluice.server.schemas.CatalogVersion;
import dev.sluice.server.schemas.Schemas;
import dev.sluice.server.secrets.KeyRing;
import dev.sluice.server.secrets.Secrets;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import dev.sluice.server.telemetry.Metrics;
import dev.sluice.server.telemetry.RequestListener;
import dev.sluice.server.timeline.Recorder;
import dev.sluice.server.workspaces.Workspace;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A server with two workspaces and callers with different roles, and a client that holds each answer against its shape. */
final class ApiHouse implements AutoCloseable {
    static final String BASE = "/api/public/v1";

    /** What every source offers, until a test says something else. */
    static final Catalog CATALOG = new Catalog(List.of(
            stream(StreamId.of("public", "orders"), Set.of(SyncMode.INCREMENTAL), List.of(FieldPath.of("id"))),
            stream(StreamId.of("notes"), Set.of(SyncMode.FULL_REFRESH), List.of())));

    final TestStore opened;
    final Store store;
    final Workspace workspace;
    final Workspace other;
    final Router router = new Router();
    final Api api;
    final List<String> answers = new ArrayList<>();
    volatile Catalog catalog = CATALOG;
    private final Shapes shapes = AccessApi.with(OwnRoutes.with(LegacyRoutes.with(OpenApiRoutes.shapes())));
    private final HttpServer server;
    private final Metrics metrics;
    private final HttpClient client = HttpClient.newHttpClient();

    ApiHouse(LoginRules rules) {
        this(rules, Dialect.SQLITE);
    }

    final FirstAdmin first;

    ApiHouse(LoginRules rules, Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
        Rooms rooms = new Rooms(store);
        workspace = rooms.workspace("Team");
        other = rooms.workspace("Other");
        Clock clock = TestStore.CLOCK;
        Authenticator authenticator = new Authenticator(store, rules, clock);
        Secrets secrets = new Secrets(KeyRing.ofText(KeyRing.newKeys()), clock);
        Recorder recorder = new Recorder(clock);
        AlertKeeper alerts = new AlertKeeper(clock);
        Work work = new Work(
                new Jobs(clock, List.of(recorder, alerts)),
                () -> {},
                this::discover,
                new Work.Asked(
                        _ -> Optional.empty(), _ -> EnumSet.complementOf(EnumSet.of(DestinationSyncMode.DELETE))),
                new Previews(
                        new FixedSamples(),
                        (_, _) -> new ReplayTrials.DryRun(List.of(), List.of(), true),
                        new FixedObjects()),
                new Outside(
                        new Offered(
                                ConnectorRegistry.ofClassPath(ApiHouse.class.getClassLoader()),
                                ProgramLeave.NONE,
                                clock),
                        new GuardedFetch(EgressGuard.strict(), Duration.ofSeconds(1)),
                        null),
                Builder.of(store, secrets, _ -> null, clock));
        Features features = new Features(store, authenticator, secrets, work, List.of(recorder), clock);
        OpenApiRoutes.addTo(router, features);
        LegacyRoutes.addTo(router, features);
        first = FirstAdmin.of(store, rules, clock);
        AccessApi.addTo(router, features, first, SignIn.PASSWORDS);
        NotificationSettings settings = new NotificationSettings(secrets, features.workspaces);
        GuardedHttp http = new GuardedHttp(EgressGuard.strict(), Duration.ofSeconds(1));
        Delivery delivery = new Delivery(store, settings, new Delivery.Ways(http, null, "http://here"), clock);
        metrics = new Metrics(store);
        SchemaChanges changes = new SchemaChanges(clock, features.connections, List.of(recorder));
        OwnRoutes.addTo(router, features, new Operated(changes, settings, delivery, metrics, shapes, clock));
        store.change(transaction -> {
            Definitions definitions = new Definitions(clock);
            Builtins.publish(transaction, definitions, ConnectorKind.SOURCE, new TestConnectors.Shop(), "1.0");
            Builtins.publish(transaction, definitions, ConnectorKind.DESTINATION, new TestConnectors.Lake(), "1.0");
        });
        api = new Api(store, authenticator, router, shapes, RequestListener.NOBODY, clock);
        server = HttpServer.start("127.0.0.1", 0, api, false);
    }

    private static CatalogStream stream(StreamId id, Set<SyncMode> modes, List<FieldPath> key) {
        Schema schema = new Schema(
                List.of(new Field("id", new DataType.IntType(64)), new Field("changed", new DataType.TextType())));
        return new CatalogStream(id, schema, modes, Cursor.NONE, key, false, Estimate.NONE);
    }

    private CatalogVersion discover(UUID sourceId, boolean anew) {
        return store.compute(transaction -> new Schemas(TestStore.CLOCK)
                .save(transaction, sourceId, new CatalogVersion.Asked(1, anew ? "anew" : "h"), catalog));
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }

    /** A new account with this role; null for one without any. */
    Account account(String email, @Nullable Grant grant) {
        Accounts accounts = new Accounts(TestStore.CLOCK);
        return store.compute(transaction -> {
            Account account = accounts.add(transaction, email, email, null);
            if (grant != null) {
                accounts.grant(transaction, account.id(), grant);
            }
            return account;
        });
    }

    /** A token of a new account with this role. */
    String token(String email, @Nullable Grant grant) {
        Account account = account(email, grant);
        Tokens tokens = new Tokens(TestStore.CLOCK, new Accounts(TestStore.CLOCK));
        return store.compute(transaction -> tokens.issue(
                transaction,
                Tokens.Kind.LONG,
                account.id(),
                null,
                "test",
                EnumSet.allOf(Access.class),
                Duration.ofDays(1)));
    }

    /** A new application of an account. */
    Applications.Made application(Account account) {
        return store.compute(
                transaction -> new Applications(TestStore.CLOCK).add(transaction, account.id(), "deploys"));
    }

    /**
     * An answer.
     *
     * @param status its number
     * @param text its content
     * @param headers what else it says
     */
    record Reply(int status, String text, HttpHeaders headers) {
        Map<String, @Nullable Object> object() {
            return JsonText.object(text);
        }

        String get(String name) {
            return String.valueOf(object().get(name));
        }

        /** The objects of a list. */
        List<Map<String, @Nullable Object>> data() {
            if (object().get("data") instanceof List<?> data) {
                return data.stream().map(JsonText::members).toList();
            }
            throw new AssertionError("no list: " + text);
        }
    }

    Reply send(String method, String path, @Nullable String authorization, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            answers.add(response.body());
            Reply reply = new Reply(response.statusCode(), response.body(), response.headers());
            requireShape(method, path, reply);
            return reply;
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** The same without a network, for those who ask very often. */
    Reply ask(String method, String path, @Nullable String authorization, @Nullable String body) {
        int mark = path.indexOf('?');
        Map<String, List<String>> query = new HashMap<>();
        if (mark >= 0) {
            String[] parameter = path.substring(mark + 1).split("=", 2);
            query.put(parameter[0], List.of(parameter[1]));
        }
        Map<String, String> headers = authorization == null ? Map.of() : Map.of("authorization", authorization);
        Answer answer = api.answer(new Message(
                method,
                mark < 0 ? path : path.substring(0, mark),
                query,
                headers,
                Objects.requireNonNullElse(body, ""),
                "127.0.0.1"));
        answers.add(answer.text());
        HttpHeaders said = HttpHeaders.of(
                answer.type() == null ? Map.of() : Map.of("content-type", List.of(answer.type())), (_, _) -> true);
        Reply reply = new Reply(answer.status(), answer.text(), said);
        requireShape(method, path, reply);
        return reply;
    }

    /** What is documented is what is answered. */
    private void requireShape(String method, String path, Reply reply) {
        String plain = path.replaceFirst("\\?.*", "");
        if (method.equals("HEAD")) {
            assertThat(reply.text()).isEmpty();
            return;
        }
        if (reply.status() >= 400) {
            assertThat(shapes.problems("Problem", reply.object()))
                    .as(reply.text())
                    .isEmpty();
            assertThat(reply.object()).containsEntry("status", reply.status());
            return;
        }
        String shape = router.find(method, plain).entry().route().gives();
        if (shape == null) {
            assertThat(reply.status()).isEqualTo(204);
            assertThat(reply.text()).isEmpty();
        } else if (shape.equals(Route.REDIRECT)) {
            assertThat(reply.status()).isEqualTo(302);
        } else if (!Route.TEXTS.containsKey(shape)) {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.headers().firstValue("content-type")).hasValue("application/json");
            boolean isList = reply.text().startsWith("[");
            Map<String, @Nullable Object> whole =
                    isList ? JsonText.object("{\"list\":" + reply.text() + "}") : reply.object();
            if (!isList) {
                assertThat(shapes.problems(shape, whole)).as(reply.text()).isEmpty();
            }
        }
    }

    @Override
    public void close() {
        client.close(); // first, or the server waits for its connections
        server.close();
        metrics.close();
        opened.close();
    }
}
