package dev.sluice.lowcode.imports;

import static dev.sluice.lowcode.imports.Draft.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a document says that requests are authenticated. */
final class Schemes {
    private static final List<String> FLOWS =
            List.of("clientCredentials", "application", "authorizationCode", "accessCode", "password", "implicit");

    private final OpenApiDocument document;
    private final Draft draft;

    Schemes(OpenApiDocument document, Draft draft) {
        this.document = document;
        this.draft = draft;
    }

    /** The authenticator of the first scheme that there is one for; null if there is none. */
    @Nullable
    Map<String, Object> authenticator() {
        Map<?, ?> schemes = Yaml.map(
                document.isSwagger()
                        ? document.root().get("securityDefinitions")
                        : Yaml.map(document.root().get("components")).get("securitySchemes"));
        List<String> order = new ArrayList<>();
        if (document.root().get("security") instanceof List<?> wanted) {
            wanted.forEach(each -> Yaml.map(each).keySet().forEach(name -> order.add(String.valueOf(name))));
        }
        schemes.keySet().forEach(name -> order.add(String.valueOf(name)));
        for (String name : order) {
            Map<String, Object> made = of(document.resolved(schemes.get(name)));
            if (made != null) {
                return made;
            }
        }
        draft.note("The document names no credentials that could be used: set the authentication if there is one.");
        return null;
    }

    private @Nullable Map<String, Object> of(Map<?, ?> scheme) {
        String name = Objects.requireNonNullElse(Yaml.text(scheme.get("name")), "Authorization");
        return switch (String.valueOf(scheme.get("type"))) {
            case "http" ->
                switch (String.valueOf(scheme.get("scheme")).toLowerCase(Locale.ROOT)) {
                    case "bearer" -> Secrets.bearer(draft, null);
                    case "basic" -> Secrets.basic(draft, null);
                    default -> null;
                };
            case "basic" -> Secrets.basic(draft, null);
            case "apiKey" ->
                switch (String.valueOf(scheme.get("in"))) {
                    case "header" -> Secrets.header(name, key());
                    case "query" -> Secrets.parameter(name, key());
                    case "cookie" -> Secrets.header("Cookie", Draft.literal(name) + "=" + key());
                    default -> null;
                };
            case "oauth2" -> oauth(scheme);
            case "openIdConnect" -> {
                draft.note("The service signs in by OpenID Connect; a token that was made otherwise is expected here.");
                yield Secrets.bearer(draft, null);
            }
            default -> null;
        };
    }

    private String key() {
        return draft.input("api_key", "API key", true, null);
    }

    private @Nullable Map<String, Object> oauth(Map<?, ?> scheme) {
        Map<?, ?> flows = document.isSwagger()
                ? Map.of(String.valueOf(scheme.get("flow")), scheme)
                : Yaml.map(scheme.get("flows"));
        for (String name : FLOWS) {
            Map<?, ?> flow = Yaml.map(flows.get(name));
            String endpoint = Yaml.text(flow.get("tokenUrl"));
            if (flow.isEmpty()) {
                continue;
            }
            if (endpoint == null || !endpoint.startsWith("http")) {
                draft.note("The document does not say where tokens are made; one that was made otherwise is expected.");
                return Secrets.bearer(draft, null);
            }
            boolean client = name.equals("clientCredentials") || name.equals("application");
            Map<String, Object> oauth =
                    map("type", "OAuthAuthenticator", "token_refresh_endpoint", Draft.literal(endpoint));
            oauth.put("client_id", draft.input("client_id", "Client ID", false, null));
            oauth.put("client_secret", draft.input("client_secret", "Client secret", true, null));
            if (client) {
                oauth.put("grant_type", "client_credentials");
                List<String> scopes = Yaml.map(flow.get("scopes")).keySet().stream()
                        .map(String::valueOf)
                        .filter(scope -> scope.contains("read"))
                        .toList();
                if (!scopes.isEmpty()) {
                    oauth.put("scopes", scopes);
                }
            } else {
                oauth.put("grant_type", "refresh_token");
                oauth.put("refresh_token", draft.input("refresh_token", "Refresh token", true, null));
            }
            return oauth;
        }
        return null;
    }
}
