package dev.sluice.server.api.access;

import dev.sluice.server.api.Router;
import dev.sluice.server.api.Shapes;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.auth.FirstAdmin;
import java.util.List;

/** All routes about logging in. */
public final class AccessApi {
    private static final List<String> PREFIXES = List.of("/api/sluice/v1");

    private AccessApi() {}

    /** Adds them. */
    public static void addTo(Router router, Features features, FirstAdmin first, SignIn signIn) {
        Places places = new Places(features);
        router.add(PREFIXES, new LoginRoutes(features, first).routes());
        router.add(PREFIXES, new OidcRoutes(features, signIn).routes());
        router.add(PREFIXES, new TokenRoutes(features).routes());
        router.add(PREFIXES, new AccountRoutes(features, places).routes());
    }

    /** Some shapes, and those of what these routes take and give. */
    public static Shapes with(Shapes others) {
        return others.and(Shapes.beside(AccessApi.class));
    }
}
