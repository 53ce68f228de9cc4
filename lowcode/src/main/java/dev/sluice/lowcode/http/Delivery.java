package dev.sluice.lowcode.http;

/** What became of a request that writes. */
public sealed interface Delivery {
    /**
     * The service took it, and may say in its answer what became of each record.
     *
     * @param answer the answer
     */
    record Taken(Answer answer) implements Delivery {}

    /**
     * The service refused it as a whole, and none of its records was written.
     *
     * @param answer the answer
     * @param message why, for people
     */
    record Refused(Answer answer, String message) implements Delivery {}

    /**
     * It was sent, and nobody knows whether it was carried out.
     *
     * @param message what happened, for people
     */
    record Unknown(String message) implements Delivery {}
}
