package dev.sluice.server.auth.oidc;

import dev.sluice.server.auth.Grant;
import dev.sluice.server.auth.Permission;
import dev.sluice.server.auth.Permissions;
import dev.sluice.server.auth.Role;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.workspaces.Organization;
import dev.sluice.server.workspaces.Workspace;
import dev.sluice.server.workspaces.Workspaces;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which groups of the provider have which roles here. In the places that they name, the groups alone say what somebody is; in
 * others, administrators do.
 */
public final class RoleRules {
    private static final Logger LOG = System.getLogger(RoleRules.class.getName());

    /** Everybody whom the provider signs in. */
    private static final String EVERYBODY = "*";

    /** Stands for the whole server in maps. */
    private static final UUID EVERYWHERE = new UUID(0, 0);

    private final List<Rule> rules;

    private RoleRules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * A rule.
     *
     * @param group who; {@code *} for everybody
     * @param role what they are
     * @param place where: the name or id of an organisation or workspace; null for the only organisation
     */
    private record Rule(String group, Role role, @Nullable String place) {}

    /**
     * Reads {@code group = role} or {@code group = role @ place}, several divided by semicolons. The names of groups may hold
     * equals signs.
     *
     * @param variable where it stands, for messages
     */
    static RoleRules of(String variable, String text) {
        List<Rule> rules = new ArrayList<>();
        for (String part : text.split("[;\n]", -1)) {
            if (part.isBlank()) {
                continue;
            }
            int equals = part.lastIndexOf('=');
            if (equals < 1) {
                throw OidcSettings.wrong(variable, "each part is a group, an equals sign and a role: " + part.strip());
            }
            String[] where = part.substring(equals + 1).split("@", 2);
            Role role = role(variable, where[0].strip());
            String place = where.length > 1 ? where[1].strip() : null;
            if ((place == null && role.place() == Role.Place.WORKSPACE)
                    || (place != null && role.place() == Role.Place.EVERYWHERE)) {
                throw OidcSettings.wrong(
                        variable,
                        role.place() == Role.Place.EVERYWHERE
                                ? "that role holds everywhere: " + part.strip()
                                : "a role in a workspace needs @ and its name: " + part.strip());
            }
            rules.add(new Rule(part.substring(0, equals).strip(), role, place));
        }
        return new RoleRules(rules);
    }

    private static Role role(String variable, String name) {
        try {
            return Role.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw OidcSettings.wrong(variable, "there is no role " + name);
        }
    }

    /** True if there is a role for somebody in these groups. */
    boolean admit(Set<String> groups) {
        return rules.stream().anyMatch(rule -> isMeant(rule, groups));
    }

    private static boolean isMeant(Rule rule, Set<String> groups) {
        return rule.group().equals(EVERYBODY) || groups.contains(rule.group());
    }

    /** Gives an account the roles of its groups, and takes those away that it has no group for any more. */
    void apply(
            Transaction transaction, Workspaces workspaces, Permissions permissions, UUID accountId, Set<String> groups)
            throws SQLException {
        Map<UUID, @Nullable Role> wanted = new HashMap<>();
        for (Rule rule : rules) {
            UUID place = place(transaction, workspaces, rule);
            if (place != null) {
                Role before = wanted.get(place);
                boolean isMore =
                        isMeant(rule, groups) && (before == null || rule.role().compareTo(before) < 0);
                wanted.put(place, isMore ? rule.role() : before);
            }
        }
        Map<UUID, Permission> there = new HashMap<>();
        for (Permission permission : permissions.of(transaction, accountId)) {
            UUID id = permission.grant().placeId();
            there.put(id == null ? EVERYWHERE : id, permission);
        }
        for (Map.Entry<UUID, @Nullable Role> entry : wanted.entrySet()) {
            Role role = entry.getValue();
            Permission old = there.get(entry.getKey());
            if (role == null && old != null) {
                permissions.revoke(transaction, old);
            } else if (role != null && (old == null || old.grant().role() != role)) {
                @Nullable UUID id = entry.getKey().equals(EVERYWHERE) ? null : entry.getKey();
                permissions.grant(transaction, accountId, new Grant(role, id));
            }
        }
    }

    private static @Nullable UUID place(Transaction transaction, Workspaces workspaces, Rule rule) throws SQLException {
        List<UUID> found = switch (rule.role().place()) {
            case EVERYWHERE -> List.of(EVERYWHERE);
            case ORGANIZATION ->
                workspaces.organizations(transaction).stream()
                        .filter(each -> rule.place() == null || isCalled(rule, each.name(), each.id()))
                        .map(Organization::id)
                        .toList();
            case WORKSPACE -> workspaces(transaction, workspaces, rule);
        };
        if (found.size() != 1) {
            LOG.log(
                    Level.WARNING,
                    "a rule for roles is left out: there " + (found.isEmpty() ? "is none" : "are several") + " called "
                            + rule.place());
            return null;
        }
        return found.getFirst();
    }

    private static List<UUID> workspaces(Transaction transaction, Workspaces workspaces, Rule rule)
            throws SQLException {
        List<UUID> found = new ArrayList<>();
        for (long offset = 0; ; offset += Page.MOST) {
            List<Workspace> some = workspaces.list(transaction, null, false, new Page(Page.MOST, offset));
            some.stream()
                    .filter(each -> isCalled(rule, each.name(), each.id()))
                    .map(Workspace::id)
                    .forEach(found::add);
            if (some.size() < Page.MOST) {
                return found;
            }
        }
    }

    private static boolean isCalled(Rule rule, String name, UUID id) {
        return name.equals(rule.place()) || id.toString().equals(rule.place());
    }
}
