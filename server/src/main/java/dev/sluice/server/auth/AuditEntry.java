package dev.sluice.server.auth;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody did, or tried to.
 *
 * @param caller who
 * @param workspaceId where; null if in no workspace
 * @param address where the call came from
 * @param operation what
 * @param objectId to what; null if that is not known
 * @param succeeded false if it was refused or failed
 */
public record AuditEntry(
        Caller caller,
        @Nullable UUID workspaceId,
        String address,
        String operation,
        @Nullable String objectId,
        boolean succeeded) {}
