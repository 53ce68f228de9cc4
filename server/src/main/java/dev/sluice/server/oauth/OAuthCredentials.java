package dev.sluice.server.oauth;

import dev.sluice.server.json.JsonText;
import dev.sluice.server.secrets.Owner;
import dev.sluice.server.secrets.Secrets;
import dev.sluice.server.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The client ids and secrets that workspaces have at services, by the name of the connector. */
public final class OAuthCredentials {
    private final Secrets secrets;

    /** Those of a store. */
    public OAuthCredentials(Secrets secrets) {
        this.secrets = secrets;
    }

    private static Owner owner(UUID workspaceId, String kind, String name) {
        String key = "oauth " + workspaceId + " " + kind + " " + name.toLowerCase(Locale.ROOT);
        return new Owner(workspaceId, UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)));
    }

    /** Keeps the credentials for a connector. */
    public void put(
            Transaction transaction,
            UUID workspaceId,
            String kind,
            String name,
            Map<String, @Nullable Object> credentials)
            throws SQLException {
        secrets.put(transaction, owner(workspaceId, kind, name), JsonText.write(credentials));
    }

    /** The credentials for a connector; empty if there are none. */
    public Map<String, @Nullable Object> find(Transaction transaction, UUID workspaceId, String kind, String name)
            throws SQLException {
        return secrets.only(transaction, owner(workspaceId, kind, name))
                .map(JsonText::object)
                .orElse(Map.of());
    }

    /** Forgets the credentials for a connector. */
    public void delete(Transaction transaction, UUID workspaceId, String kind, String name) throws SQLException {
        secrets.delete(transaction, owner(workspaceId, kind, name).id());
    }
}
