package dev.sluice.server.store;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;

/** Says what is wrong with a store. */
final class StoreProblems {
    private StoreProblems() {}

    static ProblemException newer(String place, long version, int known) {
        return Problem.of("E_CONTROL_NEWER", ProblemKind.CONFIG, "the store was written by a newer Sluice")
                .at(place)
                .because("it has version " + version + ", and this Sluice knows versions up to " + known)
                .fix("use the newer Sluice, or the backup that it made before it changed the store")
                .exception();
    }

    static ProblemException foreign(String place) {
        return Problem.of("E_CONTROL_FOREIGN", ProblemKind.CONFIG, "the store is a database of another program")
                .at(place)
                .because("it has tables, and none of them is Sluice's")
                .fix("name an empty database; in PostgreSQL a schema of its own will do: ?currentSchema=sluice")
                .exception();
    }

    static ProblemException altered(String place, String migration) {
        return Problem.of(
                        "E_CONTROL_ALTERED",
                        ProblemKind.INTEGRITY,
                        "the store was made by another Sluice of this version")
                .at(place)
                .because("its step " + migration + " is not the one of this Sluice")
                .fix("use the Sluice that made it, or a released one")
                .exception();
    }

    static ProblemException damaged(String place, Throwable cause) {
        return problem("E_CONTROL_DAMAGED", ProblemKind.INTEGRITY, "the store is damaged", place, cause)
                .fix("restore it from a backup; the folder backups beside it has copies from before each change")
                .exception(cause);
    }

    static ProblemException full(String place, Throwable cause) {
        return problem("E_DISK_FULL", ProblemKind.RESOURCE, "the store has no room left", place, cause)
                .fix("make room on its disk, or raise the limits of the database")
                .exception(cause);
    }

    static ProblemException unwritable(String place, Throwable cause) {
        return problem("E_CONTROL_UNWRITABLE", ProblemKind.RESOURCE, "the store cannot be written", place, cause)
                .fix("make its directory writable, or name another one with --data")
                .exception(cause);
    }

    static ProblemException busy(String place, Throwable cause) {
        return problem("E_CONTROL_BUSY", ProblemKind.CONFLICT, "somebody else holds the store", place, cause)
                .fix("try again; if it stays so, look for a program that has it open")
                .exception(cause);
    }

    static ProblemException conflicting(String place, Throwable cause) {
        return problem(
                        "E_CONTROL_CONFLICT",
                        ProblemKind.CONFLICT,
                        "the change does not go with what is there",
                        place,
                        cause)
                .fix("look at it again: a name may be taken, or what is named may be gone")
                .exception(cause);
    }

    static ProblemException unreachable(String place, Throwable cause) {
        return problem("E_CONTROL_UNREACHABLE", ProblemKind.UNREACHABLE, "the store cannot be reached", place, cause)
                .fix("see that the database runs, and that its address is right")
                .exception(cause);
    }

    static ProblemException refused(String place, Throwable cause) {
        return problem("E_CONTROL_REFUSED", ProblemKind.PERMISSION, "the store refuses this user", place, cause)
                .fix("check the password; the user has to own the schema, and for backups needs"
                        + " GRANT CREATE ON DATABASE")
                .exception(cause);
    }

    static ProblemException other(String place, Throwable cause) {
        return problem("E_CONTROL", ProblemKind.INTERNAL, "the store cannot be used", place, cause)
                .exception(cause);
    }

    private static Problem problem(String code, ProblemKind kind, String message, String place, Throwable cause) {
        return Problem.of(code, kind, message).at(place).because(String.valueOf(cause.getMessage()));
    }
}
