@NullMarked
package io.perpetua.application;

import org.jspecify.annotations.NullMarked;
