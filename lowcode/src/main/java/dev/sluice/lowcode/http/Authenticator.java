package dev.sluice.lowcode.http;

/** Proves who asks. */
public interface Authenticator {
    /** Nobody has to prove anything. */
    Authenticator NONE = options -> {};

    /** Puts the proof into a request. Called for each attempt. */
    void apply(Options options);

    /** Throws away what was obtained, so that the next request obtains it anew. */
    default void renew() {}
}
