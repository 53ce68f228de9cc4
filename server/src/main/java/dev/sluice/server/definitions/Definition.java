package dev.sluice.server.definitions;

import dev.sluice.server.store.Life;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connector that can be chosen.
 *
 * @param id its identity
 * @param workspaceId the workspace that has it; null for all
 * @param kind on which side it is
 * @param name its name
 * @param facts what is said of it
 * @param defaultNumber the version that is used where no other is pinned; 0 before there is one
 * @param life its age
 */
public record Definition(
        UUID id,
        @Nullable UUID workspaceId,
        ConnectorKind kind,
        String name,
        DefinitionFacts facts,
        long defaultNumber,
        Life life) {
    /** The same definition under another name and with other facts. */
    public Definition with(String otherName, DefinitionFacts others) {
        return new Definition(id, workspaceId, kind, otherName, others, defaultNumber, life);
    }

    /** The same definition with another version in use. */
    public Definition at(long number) {
        return new Definition(id, workspaceId, kind, name, facts, number, life);
    }
}
