package dev.sluice.server.secrets;

/**
 * Which fields of a value are secret, most often as the spec of a connector says ({@code airbyte_secret}).
 *
 * <p>What one alternative of several calls a secret is one whichever is chosen: rather a field too many is hidden than
 * one too few. The schemas that describe a value are kept as a list for that reason.
 */
public interface SecretFields {
    /** The value is secret as a whole, whatever it is. */
    SecretFields ALL = SpecFields.of("{\"airbyte_secret\": true}");

    /** Those of a spec. */
    static SecretFields of(String spec) {
        return SpecFields.of(spec);
    }

    /** True if the value here is secret as a whole. */
    boolean isSecret();

    /** The fields of a member of the object here. */
    SecretFields member(String name);

    /** The fields of the elements of the list here. */
    SecretFields elements();
}
