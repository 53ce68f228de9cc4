package dev.sluice.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.server.definitions.Manifests;
import dev.sluice.server.json.JsonText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Signing in to a service of OAuth as a manifest describes it, against a small one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsentTest {
    private static final String MANIFEST = """
        version: 6.0.0
        type: DeclarativeSource
        check: {type: CheckStream, stream_names: [items]}
        streams:
          - type: DeclarativeStream
            name: items
            retriever:
              type: SimpleRetriever
              requester: {type: HttpRequester, url_base: "https://api.example.org", path: items}
              record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: []}}
        spec:
          type: Spec
          connection_specification:
            type: object
            required: [credentials]
            properties:
              region: {type: string}
              credentials:
                type: object
                required: [client_id, client_secret, refresh_token]
                properties:
                  client_id: {type: string}
                  client_secret: {type: string, airbyte_secret: true}
                  refresh_token: {type: string, airbyte_secret: true}
                  expires: {type: string}
          advanced_auth:
            auth_flow_type: oauth2.0
            oauth_config_specification:
              oauth_user_input_from_connector_config_specification:
                properties: {region: {path_in_connector_config: [region]}}
              oauth_connector_input_specification:
                consent_url: "SERVICE/authorize?region={{ region }}&{{ client_id_param }}&{{ redirect_uri_param }}&{{ state_param }}&{{ scope_param }}&code_challenge={{ state_value | codeChallengeS256 }}"
                scope: read write
                access_token_url: "SERVICE/token"
                access_token_headers: {Authorization: "Basic {{ client_secret_value | b64encode }}"}
                access_token_params: {grant_type: authorization_code, "{{ auth_code_key }}": "{{ auth_code_value }}", "{{ redirect_uri_key }}": "{{ redirect_uri_value }}", code_verifier: "{{ state_value }}"}
                extract_output: [tokens.refresh]
                token_expiry_key: expires
              complete_oauth_output_specification:
                properties:
                  refresh_token: {path_in_connector_config: [credentials, refresh_token], path_in_oauth_response: [tokens, refresh]}
                  expires: {path_in_connector_config: [credentials, expires]}
              complete_oauth_server_output_specification:
                properties:
                  client_id: {path_in_connector_config: [credentials, client_id]}
                  client_secret: {path_in_connector_config: [credentials, client_secret]}
        """;

    @TempDir
    static Path directory;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile String answer = "";
    private AskedServer server;
    private HttpServer service;
    private String definition;

    @BeforeAll
    void begin() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/token", exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.startsWith("{") ? 200 : 400, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        service.start();
        server = new AskedServer(directory, Map.of());
        String text = MANIFEST.replace(
                "SERVICE", "http://localhost:" + service.getAddress().getPort());
        definition = String.valueOf(server.ask(
                        "POST",
                        "/v1/workspaces/" + server.workspace + "/definitions/declarative_sources",
                        Map.of("name", "Shop Service", "manifest", Manifests.parse("x", text)))
                .get("id"));
    }

    @AfterAll
    void end() {
        server.close();
        service.stop(0);
    }

    private static Map<String, String> query(String address) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : URI.create(address).getRawQuery().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private HttpResponse<String> initiated(Map<String, Object> more) {
        Map<String, Object> wish = new LinkedHashMap<>(Map.of(
                "redirectUrl",
                "http://localhost:9/done?tab=1",
                "workspaceId",
                server.workspace,
                "sourceType",
                "shop-service",
                "oAuthInputConfiguration",
                Map.of("region", "eu west")));
        wish.putAll(more);
        return server.send("POST", "/v1/sources/initiateOAuth", wish);
    }

    private Map<String, String> consent() {
        String path = "/v1/workspaces/" + server.workspace + "/oauthCredentials";
        Map<String, Object> credentials = Map.of("client_id", "sluice", "client_secret", "canary-cs");
        assertThat(server.send(
                                "PUT",
                                path,
                                Map.of("actorType", "source", "name", "shop-service", "configuration", credentials))
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> begun = initiated(Map.of());
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
        assertThat(begun.body()).doesNotContain("canary");
        return query(String.valueOf(JsonText.object(begun.body()).get("consentUrl")));
    }

    /** Where somebody is sent who comes back from the service. */
    private Map<String, String> back(String parameters) {
        HttpResponse<String> sent = server.send("GET", "/api/public/v1/oauth/callback?" + parameters, null);
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(302);
        String place = sent.headers().firstValue("location").orElseThrow();
        assertThat(place).startsWith("http://localhost:9/done?tab=1&");
        return query(place);
    }

    @Test
    void aConsentBecomesASourceAndCountsOnce() throws GeneralSecurityException {
        Map<String, String> consent = consent();
        String state = String.valueOf(consent.get("state"));
        String challenge = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(state.getBytes(StandardCharsets.UTF_8)));
        assertThat(consent)
                .containsEntry("client_id", "sluice")
                .containsEntry("scope", "read write")
                .containsEntry("region", "eu west")
                .containsEntry("code_challenge", challenge)
                .hasEntrySatisfying("redirect_uri", uri -> assertThat(uri).endsWith("/api/public/v1/oauth/callback"));
        answer = "{\"tokens\": {\"refresh\": \"canary-rt\"}, \"expires_in\": 60}";
        asked.clear();
        Map<String, String> done = back("code=the-code&state=" + state);
        assertThat(asked)
                .singleElement()
                .satisfies(request -> assertThat(request)
                        .startsWith("Basic "
                                + Base64.getEncoder().encodeToString("canary-cs".getBytes(StandardCharsets.UTF_8)))
                        .contains("code=the-code")
                        .contains("code_verifier=" + state));
        assertThat(server.send("GET", "/v1/oauth/callback?code=again&state=" + state, null)
                        .statusCode())
                .as("a state counts once")
                .isEqualTo(400);
        Map<String, Object> wish = Map.of(
                "name",
                "signed in",
                "workspaceId",
                server.workspace,
                "definitionId",
                definition,
                "configuration",
                Map.of("region", "eu west"),
                "secretId",
                String.valueOf(done.get("secret_id")));
        Map<String, @Nullable Object> made = server.ask("POST", "/v1/sources", wish);
        assertThat(String.valueOf(made.get("configuration")))
                .contains("client_id=sluice")
                .contains("refresh_token=**********")
                .contains("client_secret=**********")
                .contains("expires=");
    }

    @Test
    void whatGoesWrongIsToldWhereSomebodyComesBack() {
        answer = "canary: no such code";
        assertThat(back("code=x&state=" + consent().get("state")).get("error"))
                .contains("gave no access")
                .contains("answered 400")
                .doesNotContain("canary");
        assertThat(back("error=access_denied&error_description=not+today&state="
                                + consent().get("state"))
                        .get("error"))
                .contains("not today");
        answer = "{\"tokens\": {}}";
        assertThat(back("code=x&state=" + consent().get("state")).get("error")).contains("has no tokens.refresh");
        HttpResponse<String> forged = server.send("GET", "/v1/oauth/callback?code=x&state=guessed", null);
        assertThat(forged.statusCode()).isEqualTo(400);
        assertThat(forged.body()).contains("E_OAUTH_STATE");
        HttpResponse<String> unknown = server.send(
                "POST",
                "/v1/sources",
                Map.of(
                        "name",
                        "x",
                        "workspaceId",
                        server.workspace,
                        "definitionId",
                        definition,
                        "configuration",
                        Map.of(),
                        "secretId",
                        "00000000-0000-0000-0000-000000000001"));
        assertThat(unknown.body()).contains("E_OAUTH_SECRET");
        assertThat(initiated(Map.of("redirectUrl", "javascript:alert(1)")).statusCode())
                .isEqualTo(400);
    }
}
