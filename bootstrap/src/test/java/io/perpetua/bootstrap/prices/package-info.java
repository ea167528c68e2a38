@NullMarked
package io.perpetua.bootstrap.prices;

import org.jspecify.annotations.NullMarked;
