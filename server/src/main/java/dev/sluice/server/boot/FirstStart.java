package dev.sluice.server.boot;

import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.server.definitions.Builtins;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.definitions.Definitions;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Store;
import dev.sluice.server.workspaces.Organization;
import dev.sluice.server.workspaces.WorkspaceSettings;
import dev.sluice.server.workspaces.Workspaces;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/** What has to be there before the first request: a workspace, and a definition of each connector of this server. */
final class FirstStart {
    private static final String NAME = "Default";

    private FirstStart() {}

    static void prepare(Store store, ConnectorRegistry registry, Clock clock) {
        Workspaces workspaces = new Workspaces(clock);
        Definitions definitions = new Definitions(clock);
        String version =
                Objects.requireNonNullElse(FirstStart.class.getPackage().getImplementationVersion(), "dev");
        // This opens their jars, so it comes before the transaction.
        List<SourceConnector> sources = registry.sources().stream()
                .filter(connector -> !connector.runsPrograms())
                .toList();
        List<DestinationConnector> destinations = registry.destinations().stream()
                .filter(connector -> !connector.runsPrograms())
                .toList();
        store.change(transaction -> {
            if (workspaces.list(transaction, null, true, Page.first(1)).isEmpty()) {
                Organization all = workspaces.addOrganization(transaction, NAME, "");
                workspaces.add(transaction, all.id(), NAME, WorkspaceSettings.NONE);
            }
            for (SourceConnector source : sources) {
                Builtins.publish(transaction, definitions, ConnectorKind.SOURCE, source, version);
            }
            for (DestinationConnector destination : destinations) {
                Builtins.publish(transaction, definitions, ConnectorKind.DESTINATION, destination, version);
            }
        });
    }
}
