package dev.sluice.server.definitions;

import dev.sluice.server.store.Json;
import java.util.Map;

/** Asks connectors that are programs what they want to be configured with. May take minutes, so it is not for transactions. */
public interface ProgramSpecs {
    /** True if programs from there may be started here. */
    boolean allows(Origin origin);

    /**
     * What a program says of itself: the payload of its SPEC message.
     *
     * @param name what messages call it
     * @throws dev.sluice.spi.problem.ProblemException code {@code E_PROGRAMS_OFF} if it may not be started, {@code
     *     E_CONNECTOR_SPEC} if it does not say it
     */
    Json describe(ConnectorKind kind, Origin origin, String name, Map<String, Object> reference);
}
