@NullMarked
package dev.sluice.connector.mysql.session;

import org.jspecify.annotations.NullMarked;
