package dev.sluice.lowcode.auth;

import dev.sluice.lowcode.http.Authenticator;
import dev.sluice.lowcode.http.Options;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.template.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A token, a key, or a name with a password, as the configuration has it. They are texts, whatever they look like. */
final class FixedAuthenticator implements Authenticator {
    private final Component component;
    private final Surroundings surroundings;

    FixedAuthenticator(Component component, Surroundings surroundings) {
        this.component = component;
        this.surroundings = surroundings;
    }

    @Override
    public void apply(Options options) {
        Scope scope = surroundings.scope(component.parameters());
        switch (component.type()) {
            case "BearerAuthenticator" -> header(options, "Authorization", "Bearer " + exact("api_token", scope));
            case "BasicHttpAuthenticator" -> {
                String pair = exact("username", scope) + ":" + exact("password", scope);
                header(options, "Authorization", basic(pair));
            }
            default -> {
                if (component.has("inject_into")) {
                    options.inject(
                            component.required("inject_into"),
                            exact("api_token", scope),
                            surroundings.templates(),
                            scope);
                } else {
                    String name = surroundings.templates().exact(component.text("header"), scope);
                    header(options, name, exact("api_token", scope));
                }
            }
        }
    }

    static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private String exact(String field, Scope scope) {
        return component
                .optionalText(field)
                .map(template -> surroundings.templates().exact(template, scope))
                .orElse("");
    }

    private static void header(Options options, String name, String value) {
        Options own = new Options();
        own.headers().put(name, value);
        options.addAll(own);
    }
}
