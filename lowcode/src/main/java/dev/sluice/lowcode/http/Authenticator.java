package dev.sluice.lowcode.http;

/** Proves who asks. */
public interface Authenticator {
    /** Nobody has to prove anything. */
    Authenticator NONE = options -> {};

    /** Puts the proof into a request. Called for each attempt. */
    void apply(Options options);

    /**
     * Signs a call right before it is sent, where what it is signed with depends on what is asked. May wait.
     *
     * @param waiting who waits, and can be stopped
     */
    default Call sign(Call call, Surroundings waiting) {
        return call;
    }

    /** Sees what the service says about a call that was signed. */
    default void seen(Call signed, Answer answer) {}

    /** True if a call was refused for what it was signed with, and would not be if it was signed again. */
    default boolean hasOther(Call signed) {
        return false;
    }

    /** Throws away what was obtained, so that the next request obtains it anew. */
    default void renew() {}
}
