package dev.sluice.connector.file.store;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import org.jspecify.annotations.Nullable;

/** What stores refuse, in the words of people. */
public final class StoreProblems {
    private StoreProblems() {}

    /** The bucket is not there. */
    public static Problem noBucket(String address) {
        return Problem.of("E_STORE_NOT_FOUND", ProblemKind.CONFIG, "there is no such bucket")
                .at(address)
                .fix("check the name, the region and the endpoint; buckets are not created");
    }

    /** The rights lack. */
    public static Problem denied(String address, @Nullable String why) {
        return Problem.of("E_STORE_DENIED", ProblemKind.PERMISSION, "the store refuses access")
                .at(address)
                .because(why)
                .fix("check the credentials, and what they may do with this place");
    }

    /** Nobody answers. */
    public static Problem unreachable(String address, @Nullable String why) {
        return Problem.of("E_STORE_UNREACHABLE", ProblemKind.UNREACHABLE, "the store cannot be reached")
                .at(address)
                .because(why)
                .fix("check the address and the endpoint, and whether this machine may reach it");
    }

    /** It may work later. */
    public static Problem failed(String address, @Nullable String why) {
        return Problem.of("E_STORE", ProblemKind.TRANSIENT, "the store failed")
                .at(address)
                .because(why);
    }

    /** It cannot do what exactly-once needs. */
    public static Problem unconditional(String address) {
        return Problem.of("E_STORE_CONDITIONS", ProblemKind.CONFIG, "the store cannot write on a condition")
                .at(address)
                .because("an object was written although another one was there, so two runs could overwrite each other")
                .fix("use a store that knows conditional writes, or a newer version of this one");
    }

    /** Another version is there. */
    public static Problem changed(String address) {
        return Problem.of("E_FILE_CHANGED", ProblemKind.TRANSIENT, "the file was changed while it was being read")
                .at(address)
                .because("the store has another version of it now, or none")
                .fix("run the sync again once the file is complete; the parts of the old version are discarded then");
    }
}
