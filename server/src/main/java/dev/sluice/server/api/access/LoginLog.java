package dev.sluice.server.api.access;

import dev.sluice.server.api.Call;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.auth.AuditEntry;
import dev.sluice.server.auth.AuditLog;
import dev.sluice.server.auth.Caller;

/** Writes down who has logged in, and who has tried. */
final class LoginLog {
    private final Features features;
    private final AuditLog audit;

    LoginLog(Features features) {
        this.features = features;
        this.audit = new AuditLog(features.clock);
    }

    /**
     * Writes it down.
     *
     * @param name by which name they came, which nobody has made sure of if they were refused
     */
    void write(Call call, String operation, String name, boolean succeeded) {
        String agent = call.message().headers().getOrDefault("user-agent", "");
        AuditEntry entry =
                new AuditEntry(Caller.unknown(name), null, call.message().address(), operation, null, succeeded);
        features.store.change(transaction -> audit.write(transaction, entry, agent));
    }
}
