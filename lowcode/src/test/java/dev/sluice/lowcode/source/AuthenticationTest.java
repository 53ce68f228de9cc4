package dev.sluice.lowcode.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lowcode.source.FakeService.Asked;
import dev.sluice.lowcode.source.FakeService.Reply;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.source.Source;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How requests prove who asks, as the service sees it. */
class AuthenticationTest {
    private static final FakeService SERVICE = new FakeService();

    private final Reading reading = new Reading();

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    private static String manifest(String authenticator) {
        return """
            version: "6"
            check: {stream_names: [items]}
            streams:
              - name: items
                retriever:
                  requester: {url_base: "{{ config['url'] }}", path: items, authenticator: AUTH}
                  record_selector: {extractor: {field_path: []}}
                  paginator: {type: DefaultPaginator, page_token_option: {type: RequestOption, inject_into: request_parameter, field_name: page}, pagination_strategy: {type: PageIncrement, page_size: 1}}
                schema_loader: {type: InlineSchemaLoader, schema: {properties: {id: {type: integer}}}}
            """.replace("AUTH", authenticator);
    }

    private Source open(String authenticator, Map<String, Object> config) {
        Map<String, Object> all = new LinkedHashMap<>(config);
        all.put("url", SERVICE.url());
        return reading.open(manifest(authenticator), all);
    }

    /** Three pages of records for whoever is known; what comes before tells who is. */
    private static Reply page(Asked request) {
        int page = Integer.parseInt(request.query().getOrDefault("page", "0"));
        return Reply.json(page < 3 ? "[{\"id\": " + page + "}]" : "[]");
    }

    private static List<Asked> asked(String path) {
        return SERVICE.asked().stream()
                .filter(request -> request.path().equals(path))
                .toList();
    }

    @Test
    void aPortPutsTheTokenIntoTheHeadersOfItsVendor() {
        SERVICE.answer(request -> request.path().equals("/token")
                ? Reply.json("{\"access_token\": \"a1\", \"expires_in\": 3600}")
                : page(request));
        reading.at("2024-03-10T01:02:03Z");
        try (Source source = open(
                "{type: CustomAuthenticator, class_name:"
                        + " source_amazon_seller_partner.components.AmazonSPOauthAuthenticator, client_id: c,"
                        + " client_secret: s, refresh_token: r, host: any.example, token_refresh_endpoint: \"{{"
                        + " config['url'] }}/token\"}",
                Map.of())) {
            reading.full(source, "items");
        }
        assertThat(asked("/token")).hasSize(1);
        assertThat(asked("/token").getFirst().body())
                .contains("grant_type=refresh_token", "client_id=c", "client_secret=s", "refresh_token=r");
        assertThat(asked("/items")).allSatisfy(request -> {
            assertThat(request.headers().get("X-amz-access-token")).isEqualTo("a1");
            assertThat(request.headers().get("X-amz-date")).isEqualTo("20240310T010203Z");
            assertThat(request.headers()).doesNotContainKey("Authorization");
        });
    }

    @Test
    void anAccessTokenIsRenewedWhenItHasRunOutAndItsSuccessorIsUsed() {
        AtomicInteger tokens = new AtomicInteger();
        SERVICE.answer(request -> {
            if (!request.path().equals("/token")) {
                reading.at("2024-03-10T0" + asked("/items").size() + ":00:00Z");
                return page(request);
            }
            int number = tokens.incrementAndGet();
            return Reply.json("{\"result\": {\"access_token\": \"a" + number + "\", \"refresh_token\": \"r" + number
                    + "\", \"expires_in\": 5400}}");
        });
        String oauth = "{type: OAuthAuthenticator, token_refresh_endpoint: \"{{ config['url'] }}/token\", client_id:"
                + " \"{{ config['id'] }}\", client_secret: \"{{ config['secret'] }}\", refresh_token: \"{{"
                + " config['refresh'] }}\", refresh_token_updater: {refresh_token_config_path: [refresh]}}";
        try (Source source = open(oauth, Map.of("id", "me", "secret", "0x1f", "refresh", "r0"))) {
            assertThat(reading.full(source, "items").all("id")).containsExactly("0", "1", "2");
        }
        List<Asked> renewals = asked("/token");
        assertThat(renewals).hasSize(2);
        assertThat(FakeService.fields(renewals.getFirst().body()))
                .containsEntry("grant_type", "refresh_token")
                .containsEntry("client_secret", "0x1f")
                .containsEntry("refresh_token", "r0");
        assertThat(FakeService.fields(renewals.getLast().body())).containsEntry("refresh_token", "r1");
        assertThat(reading.configs())
                .extracting(kept -> kept.values().get("refresh"))
                .containsExactly("r1", "r2");
        assertThat(asked("/items"))
                .extracting(request -> request.headers().get("Authorization"))
                .containsExactly("Bearer a1", "Bearer a1", "Bearer a2", "Bearer a2");
    }

    @Test
    void aRefreshTokenThatIsRefusedAsksForANewLogin() {
        SERVICE.answer(request -> new Reply(400, Map.of(), "{\"error\": \"invalid_grant\"}"));
        String oauth = "{type: OAuthAuthenticator, token_refresh_endpoint: \"{{ config['url'] }}/token\","
                + " client_id: me, client_secret: s3cr3t, refresh_token: gone}";
        try (Source source = open(oauth, Map.of())) {
            Problem problem = source.check().firstProblem().orElseThrow();
            assertThat(problem.code()).isEqualTo("E_AUTH_REFUSED");
            assertThat(problem.fix()).contains("log in to the service again");
            assertThat(problem.toString()).doesNotContain("s3cr3t").doesNotContain("gone");
        }
    }

    @Test
    void aSessionIsOpenedOnceForAsLongAsItHolds() {
        SERVICE.answer(request ->
                request.path().equals("/login") ? Reply.json("{\"session\": {\"id\": 4711}}") : page(request));
        String session =
                "{type: SessionTokenAuthenticator, expiration_duration: PT1H, session_token_path: [session, id],"
                    + " login_requester: {type: HttpRequester, url_base: \"{{ config['url'] }}\", path: login,"
                    + " http_method: POST, request_body_json: {user: \"{{ config['user'] }}\"}},"
                    + " request_authentication: {type: ApiKey, inject_into: {type: RequestOption, inject_into: header,"
                    + " field_name: X-Session}}}";
        try (Source source = open(session, Map.of("user", "me"))) {
            reading.full(source, "items");
        }
        assertThat(asked("/login")).hasSize(1);
        assertThat(asked("/login").getFirst().body()).isEqualTo("{\"user\":\"me\"}");
        assertThat(asked("/items"))
                .allMatch(request -> "4711".equals(request.headers().get("X-Session")));
    }

    @Test
    void aTokenIsSignedHere() {
        SERVICE.answer(AuthenticationTest::page);
        String jwt =
                "{type: JwtAuthenticator, algorithm: HS256, secret_key: \"{{ config['key'] }}\", header_prefix: Bearer,"
                        + " jwt_payload: {iss: me}, additional_jwt_payload: {scope: all}}";
        try (Source source = open(jwt, Map.of("key", "k"))) {
            reading.full(source, "items");
        }
        String header = String.valueOf(asked("/items").getFirst().headers().get("Authorization"));
        String[] parts = header.substring("Bearer ".length()).split("\\.");
        assertThat(parts).hasSize(3);
        assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                .contains("\"iss\":\"me\"", "\"scope\":\"all\"", "\"exp\":");
    }

    @Test
    void theConfigurationChoosesTheWay() {
        SERVICE.answer(AuthenticationTest::page);
        String either =
                "{type: SelectiveAuthenticator, authenticator_selection_path: [credentials, kind], authenticators:"
                        + " {key: {type: ApiKeyAuthenticator, api_token: \"{{ config['credentials']['key'] }}\","
                        + " inject_into: {type: RequestOption, inject_into: request_parameter, field_name: api_key}},"
                        + " basic: {type: BasicHttpAuthenticator, username: u, password: p}}}";
        try (Source source = open(either, Map.of("credentials", Map.of("kind", "key", "key", "1_000")))) {
            reading.full(source, "items");
        }
        assertThat(asked("/items").getFirst().query()).containsEntry("api_key", "1_000");
        SERVICE.answer(AuthenticationTest::page);
        try (Source source = open(either, Map.of("credentials", Map.of("kind", "basic")))) {
            reading.full(source, "items");
        }
        assertThat(asked("/items").getFirst().headers()).containsEntry("Authorization", "Basic dTpw");
    }
}
