@NullMarked
package io.perpetua.bootstrap.keys;

import org.jspecify.annotations.NullMarked;
